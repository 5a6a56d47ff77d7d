-- Deletes a room, whatever state it is in, and answers whether there was one, and the clock that it had.
-- KEYS: meta, documents, tombstones.
local damaged = damage() ~= nil
local clock = redis.call('TYPE', META).ok == 'hash' and redis.call('HGET', META, 'clock') or '0'
local stored = damaged or clock ~= '0'
redis.call('UNLINK', META, DOCUMENTS, TOMBSTONES)
local number = string.match(clock, '^%d+$') and tonumber(clock) or 0
return {stored and 'deleted' or 'nothing', number < 2 ^ 53 and number > 0 and clock or '0'}
