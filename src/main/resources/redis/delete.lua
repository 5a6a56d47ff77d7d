-- Deletes a room, whatever state it is in, and answers whether there was one.
-- KEYS: meta, documents, tombstones.
local stored = damage() ~= nil or (redis.call('HGET', META, 'clock') or '0') ~= '0'
redis.call('UNLINK', META, DOCUMENTS, TOMBSTONES)
return {stored and 'deleted' or 'nothing'}
