-- Throws dead letters away; answers how many.
-- KEYS: the state. ARGV: queue, then the ids; none for all.
local dead = 'dead:' .. ARGV[1]
local gone = 0
if #ARGV == 1 then
  gone = count(dead)
  clear(dead)
end
for i = 2, #ARGV do
  if drop(dead, ARGV[i]) then
    gone = gone + 1
  end
end
return {tostring(gone)}
