-- Count the conversation off the desk.
local staff, talk = ARGV[1], ARGV[2]
local hers = desk(staff)
hers.held[talk] = nil
put_desk(staff, hers)
return 1
