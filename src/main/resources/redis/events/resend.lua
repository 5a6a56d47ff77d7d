-- Puts dead letters back into their queue, as far as there is room; answers which ones.
-- KEYS: the state. ARGV: queue, most events and bytes of it, now (ms), the ids.
local waiting, dead, answer = 'waiting:' .. ARGV[1], 'dead:' .. ARGV[1], {}
for i = 5, #ARGV do
  local id = ARGV[i]
  local size = redis.call('HSTRLEN', eventsOf(dead), id)
  if has(dead, id) and count(waiting) < tonumber(ARGV[2]) and bytes(waiting) + size <= tonumber(ARGV[3]) then
    local event, note = take(dead, id)
    put(waiting, id, event, '0 ' .. string.match(note or '0 0', '^%d+ (%S+)') .. ' ' .. ARGV[4])
    table.insert(answer, id)
  end
end
return answer
