local id = redis.call('HGET', BY_TICKET, ARGV[1])
return id and redis.call('HGET', TALKS, id)
