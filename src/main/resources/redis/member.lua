-- Makes a node a member, or keeps it one, and answers whether it is, the history of this server, and all other members.
-- KEYS: the ids of members, the caller's own key. What else is read is named below, and has their hash tag.
-- ARGV: join or renew, the caller's id, its card, its time to live (ms), what the keys of members start with.
local present = history()
if not present then
  return redis.error_reply('NORUNID INFO server does not tell a run_id')
end
local isMember = ARGV[1] == 'join' or redis.call('EXISTS', KEYS[2]) == 1
local answer, gone = {isMember and 'member' or 'lapsed', present}, {}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if id ~= ARGV[2] then
    local card = redis.call('GET', ARGV[5] .. id)
    if card then
      table.insert(answer, id)
      table.insert(answer, card)
    else
      table.insert(gone, id)
    end
  end
end
for _, id in ipairs(gone) do
  redis.call('SREM', KEYS[1], id)
end
if isMember then
  redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
  redis.call('SADD', KEYS[1], ARGV[2])
end
return answer
