-- Drop what this end holds: 1 if that is news.
local life, side, seq = ARGV[1], ARGV[2], tonumber(ARGV[3])
if not exists() then return 'none' end
local lane = OTHER[side]
heard_from(side)
if seq > number('last:' .. lane) then return 'gap' end
if not drop(lane, seq) then return 0 end
keep(life)
return 1
