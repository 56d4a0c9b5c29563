if not exists() then return 'none' end
return { redis.call('HGET', BOX, 'welcome') }
