# case: 51
# title: Objects that are equal to everything
# holds: finished
# by: values are rebuilt from text; subclasses become Opaque
class Agreeable(int):
    def __eq__(self, other):
        return True

    def __repr__(self):
        return "ESCAPED" if False else "agreeable"


print(Agreeable(1))
