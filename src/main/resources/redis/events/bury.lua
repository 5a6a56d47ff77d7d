-- Makes an event that waits a dead letter; answers how many others have gone for it.
-- KEYS: the state. ARGV: queue, id, now (ms), why, most events and bytes of dead letters.
local event, note = take('waiting:' .. ARGV[1], ARGV[2])
if not event then
  return {'0'}
end
local before = string.match(note or '0 0', '^%d+ %S+') .. ' '
return {tostring(lay(ARGV[1], ARGV[2], event, before .. ARGV[3] .. ' ' .. ARGV[4], ARGV[5], ARGV[6]))}
