"""What the helpline does, one verb a file. Use cases lean on the ports and the domain alone.

Build them all with `helpline.usecases.everything.UseCases.over(Ports(...))`.
"""
