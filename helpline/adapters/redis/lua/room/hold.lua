-- Count the conversation to the desk again.
local life, staff, talk = ARGV[1], ARGV[2], ARGV[3]
local hers = desk(staff)
hers.held[talk] = true
put_desk(staff, hers)
keep(life)
return 1
