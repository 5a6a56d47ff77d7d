-- Gives a task to a node unless another one has it, or makes it nobody's; answers whether it is the node's then.
-- KEYS: the state. ARGV: task, node, for how long (ms; 0: no longer).
local task = BASE .. 'task:' .. ARGV[1]
local owner = redis.call('GET', task)
if owner and owner ~= ARGV[2] then
  return {'0'}
end
if ARGV[3] == '0' then
  redis.call('DEL', task)
  return {'0'}
end
redis.call('SET', task, ARGV[2], 'PX', ARGV[3])
return {'1'}
