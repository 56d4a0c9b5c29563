-- Forget her, and the offer that was made for her.
local her = person(ARGV[1])
if not her then return 'gone' end
local offer = her.offer and finish(her.offer, her)
remove(her)
return offer and { offer }
