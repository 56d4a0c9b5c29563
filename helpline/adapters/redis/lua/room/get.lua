local her = person(ARGV[1])
return her and shown(her)
