-- Answers one record of a room, whoever owns it, with the clock and the schema of the room. Nothing is written.
-- KEYS: meta, documents, tombstones. ARGV: record id.
local fault = damage()
if fault then
  return redis.error_reply(fault)
end
local meta = redis.call('HMGET', META, 'clock', 'schema')
if not meta[1] or meta[1] == '0' then
  return {}
end
local value = redis.call('HGET', DOCUMENTS, ARGV[1])
return value and {meta[1], meta[2] or '', value} or {meta[1], meta[2] or ''}
