-- Deletes a room, whatever state it is in, and answers whether there was one, and the highest clock that clients can have
-- seen of it: more than is stored, when it was last committed to in another history.
-- KEYS: meta, documents, tombstones.
local damaged = damage() ~= nil
local isHash = redis.call('TYPE', META).ok == 'hash'
local clock = isHash and redis.call('HGET', META, 'clock') or '0'
local recorded = isHash and redis.call('HGET', META, 'history')
local stored = damaged or clock ~= '0'
redis.call('UNLINK', META, DOCUMENTS, TOMBSTONES)
local reached = string.match(clock, '^%d+$') and tonumber(clock) or 0
if reached > 0 and recorded ~= history() then
  reached = reached + 2 ^ 20
end
return {stored and 'deleted' or 'nothing', reached < 2 ^ 53 and string.format('%.0f', reached) or '0'}
