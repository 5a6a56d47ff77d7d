-- Whether a room that was being read is still the caller's, so that what was read belongs together.
-- KEYS: meta, documents, tombstones. ARGV: epoch, token.
local fault = damage()
if fault then
  return redis.error_reply(fault)
end
local meta = redis.call('HMGET', META, 'epoch', 'token')
return {(meta[1] == ARGV[1] and meta[2] == ARGV[2]) and 'owned' or 'fenced'}
