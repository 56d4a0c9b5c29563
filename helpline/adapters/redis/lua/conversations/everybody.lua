return { redis.call('ZRANGE', ORDER, 0, -1), redis.call('HGETALL', TALKS) }
