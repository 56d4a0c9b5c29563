-- An end is here again: it says what it holds of the other's and what the other holds of its own.
local life, side, have, acked = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local epoch, floor = tonumber(ARGV[5]), tonumber(ARGV[6])
if not exists() then return 'none' end
local mine, theirs, rebuilt = side, OTHER[side], has('rebuilt')
if not rebuilt and (have > number('last:' .. theirs) or acked > number('last:' .. mine)) then return 'gap' end
heard_from(side)
for lane, held in pairs({ [theirs] = have, [mine] = acked }) do
  drop(lane, held)
  if held > number('last:' .. lane) then set('last:' .. lane, held) end
end
if rebuilt then
  set('said:' .. side, 1, 'told:' .. side, epoch, 'floor:' .. side, floor)
  set('epoch', math.max(number('epoch'), epoch))
end
keep(life)
return { number('last:' .. mine), number('held:' .. mine), lying(theirs) }
