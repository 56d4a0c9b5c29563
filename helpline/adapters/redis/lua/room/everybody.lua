return { redis.call('ZRANGE', QUEUE, 0, -1), redis.call('HGETALL', PEOPLE), redis.call('HGETALL', PACKAGES) }
