if not exists() then return 'none' end
return lying(OTHER[ARGV[1]])
