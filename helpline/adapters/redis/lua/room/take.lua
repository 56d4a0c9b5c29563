-- Accept: from here on nobody else can. She stays in the room until it is settled.
local life, staff, id, at, settle_by = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
local offer, her = open_offer(staff, id, at)
if not offer then return false end
offer.taken = true
offer.lapses_at = settle_by
put(her)
keep(life)
return shown(her)
