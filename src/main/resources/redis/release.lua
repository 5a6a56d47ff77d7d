-- Leaves a room without an owner; of a room that nobody has committed to, nothing.
-- KEYS: meta, documents, tombstones. ARGV: epoch, token.
local meta = redis.call('HMGET', META, 'epoch', 'token', 'clock')
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] then
  return {'fenced'}
end
if meta[3] == '0' then
  redis.call('DEL', META)
else
  redis.call('HDEL', META, 'owner', 'token')
end
return {'released'}
