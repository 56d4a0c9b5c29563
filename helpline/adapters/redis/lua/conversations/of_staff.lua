local found = {}
for _, id in ipairs(of_staff(ARGV[1])) do found[#found + 1] = redis.call('HGET', TALKS, id) end
return found
