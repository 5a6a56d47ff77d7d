-- Notes that an event that waits is to be tried again.
-- KEYS: the state. ARGV: queue, id, attempts, when it is due (ms).
local waiting = 'waiting:' .. ARGV[1]
local note = redis.call('HGET', notesOf(waiting), ARGV[2])
if note and has(waiting, ARGV[2]) then
  redis.call('HSET', notesOf(waiting), ARGV[2], ARGV[3] .. ' ' .. string.match(note, '^%d+ (%S+)') .. ' ' .. ARGV[4])
end
return {}
