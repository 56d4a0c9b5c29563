-- Put her back where she stood.
local life, her, package = ARGV[1], cjson.decode(ARGV[2]), ARGV[3]
if person(her.ticket) then return 'waiting' end
add(her, package)
keep(life)
return shown(her)
