-- Leaves a room without an owner, or to a successor: named, but without a token, so that nobody can commit until it has opened
-- the room. Until then the one who named it can take that back: its token is kept for nothing else. The epoch stays: it
-- counts openings, and no other state has this name with this epoch. Of a room that nobody has committed to, and that is
-- left to nobody, nothing remains.
-- KEYS: meta, documents, tombstones. ARGV: epoch, token, successor (empty: none).
local meta = redis.call('HMGET', META, 'epoch', 'token', 'clock', 'left')
if meta[1] ~= ARGV[1] or (meta[2] or meta[4]) ~= ARGV[2] then
  return {'fenced'}
end
if ARGV[3] ~= '' then
  redis.call('HSET', META, 'owner', ARGV[3], 'left', ARGV[2])
  redis.call('HDEL', META, 'token')
elseif meta[3] == '0' then
  redis.call('DEL', META)
else
  redis.call('HDEL', META, 'owner', 'token', 'left')
end
return {'released'}
