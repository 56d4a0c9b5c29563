-- Begin an empty one, unless there is one. One that is rebuilt from the ends is marked so for as long as it lives.
local life, rebuilt, epoch = ARGV[1], ARGV[2] == '1', ARGV[3]
if exists() then return 0 end
set('epoch', epoch)
if rebuilt then set('rebuilt', 1, 'welcomed', 1) end
keep(life)
return 1
