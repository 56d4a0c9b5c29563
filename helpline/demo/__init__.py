"""What a demo has and a real installation must not: bootstrap leaves this package out of one."""
