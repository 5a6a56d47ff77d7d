-- Leaves a room without an owner, or to a successor: named, but without a token, so that nobody can commit until it has opened
-- the room. The epoch stays: it counts openings, and no other state has this name with this epoch. Of a room that nobody
-- has committed to, and that is left to nobody, nothing remains.
-- KEYS: meta, documents, tombstones. ARGV: epoch, token, successor (empty: none).
local meta = redis.call('HMGET', META, 'epoch', 'token', 'clock')
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] then
  return {'fenced'}
end
if ARGV[3] ~= '' then
  redis.call('HSET', META, 'owner', ARGV[3])
  redis.call('HDEL', META, 'token')
elseif meta[3] == '0' then
  redis.call('DEL', META)
else
  redis.call('HDEL', META, 'owner', 'token')
end
return {'released'}
