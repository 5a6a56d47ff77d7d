-- Answers what a room is at this instant, whoever owns it: what its meta key says and, unless there is too much of it, its
-- records and tombstones. Nothing is written.
-- KEYS: meta, documents, tombstones. ARGV: the most bytes, and the most records and tombstones, that are answered.
local fault = damage()
if fault then
  return redis.error_reply(fault)
end
local meta = redis.call('HMGET', META, 'clock', 'historyStartsAt', 'schema', 'documents', 'tombstones', 'bytes', 'created')
if not meta[1] or meta[1] == '0' then
  return {'nothing'}
end
local room = {meta[1], meta[2] or '0', meta[3] or '', meta[4] or '0', meta[5] or '0', meta[6] or '0', meta[7] or '', history() or ''}
local bytes, parts = tonumber(room[6]) or 0, tonumber(room[4]) + tonumber(room[5])
if bytes > tonumber(ARGV[1]) or parts > tonumber(ARGV[2]) then
  return {'room', room}
end
return {'room', room, redis.call('HGETALL', DOCUMENTS), redis.call('ZRANGE', TOMBSTONES, 0, -1, 'WITHSCORES')}
