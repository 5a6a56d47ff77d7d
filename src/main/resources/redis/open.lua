-- Makes the caller the owner of a room and answers what there is of it.
-- KEYS: meta, documents, tombstones. ARGV: owner, token, now (ms).
local fault = damage()
if fault then
  return redis.error_reply(fault)
end
local present = history()
if not present then
  return redis.error_reply('NORUNID INFO server does not tell a run_id')
end
if redis.call('EXISTS', META) == 0 then
  redis.call('HSET', META, 'clock', 0, 'documents', 0, 'tombstones', 0, 'created', ARGV[3])
end
local epoch = redis.call('HINCRBY', META, 'epoch', 1)
-- The token tells under which history it was given: a Redis that has lost its latest writes may know an old owner's token again.
local token = ARGV[2] .. '@' .. present
redis.call('HSET', META, 'owner', ARGV[1], 'token', token)
local meta = redis.call('HMGET', META, 'clock', 'historyStartsAt', 'schema', 'documents', 'tombstones', 'history')
-- Not recorded here but by the next commit: until then the doubt remains, whoever opens the room.
local same = (meta[6] == present) and 1 or 0
return {tostring(epoch), token, meta[1], meta[2] or '0', meta[3] or '', meta[4], meta[5], tostring(same)}
