-- Answers how full a queue is: how many events wait, their bytes, the note of the oldest, how many are dead.
-- KEYS: the state. ARGV: queue.
local waiting = 'waiting:' .. ARGV[1]
local oldest = redis.call('ZRANGE', idsOf(waiting), 0, 0)[1]
local note = oldest and redis.call('HGET', notesOf(waiting), oldest) or ''
return {tostring(count(waiting)), decimal(bytes(waiting)), note, tostring(count('dead:' .. ARGV[1]))}
