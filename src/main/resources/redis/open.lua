-- Makes the caller the owner of a room and answers what there is of it; or changes nothing and answers who owns it.
-- KEYS: meta, documents, tombstones.
-- ARGV: owner, token, now (ms), then the owner that has been found to be gone and the epoch it was seen with; both empty when
--   nobody was asked about yet.
local fault = damage()
if fault then
  return redis.error_reply(fault)
end
local present = history()
if not present then
  return redis.error_reply('NORUNID INFO server does not tell a run_id')
end
-- The token tells under which history it was given: a Redis that has lost its latest writes may know an old owner's token again.
local token = ARGV[2] .. '@' .. present
local before = redis.call('HMGET', META, 'owner', 'epoch', 'token')
local owner, epoch = before[1], before[2] or '0'
-- What is no name of a node, nobody can be asked about: it would keep the room for ever.
local named = owner and string.find(owner, '^[\33-\126]+$')
local how = 'FREE'
if before[3] == token then
  how = 'AGAIN' -- this very command, come a second time: it has been carried out
elseif named and owner == ARGV[1] then
  how = before[3] and 'OWN' or 'HANDED_OVER'
elseif named and owner == ARGV[4] and epoch == ARGV[5] then
  how = 'DEAD'
elseif named then
  return {'elsewhere', owner, epoch}
end
if how ~= 'AGAIN' then
  if redis.call('EXISTS', META) == 0 then
    redis.call('HSET', META, 'clock', 0, 'documents', 0, 'tombstones', 0, 'created', ARGV[3])
  end
  epoch = tostring(redis.call('HINCRBY', META, 'epoch', 1))
  redis.call('HSET', META, 'owner', ARGV[1], 'token', token)
  redis.call('HDEL', META, 'left')
end
local meta = redis.call('HMGET', META, 'clock', 'historyStartsAt', 'schema', 'documents', 'tombstones', 'history')
-- Not recorded here but by the next commit: until then the doubt remains, whoever opens the room.
local same = (meta[6] == present) and 1 or 0
return {how, epoch, token, meta[1], meta[2] or '0', meta[3] or '', meta[4], meta[5], tostring(same)}
