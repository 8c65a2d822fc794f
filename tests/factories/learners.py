"""People for tests."""

# mypy: disable-error-code="attr-defined,no-untyped-call"
# (factory_boy is typed in part)

import factory

from learners.models import LearnerProfile, User

PASSWORD = "a-long-test-password"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """Somebody who can sign in with ``PASSWORD`` but has no profile."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.django.Password(PASSWORD)
    role = User.Role.LEARNER


class LearnerProfileFactory(factory.django.DjangoModelFactory[LearnerProfile]):
    """A profile with a user of its own."""

    class Meta:
        model = LearnerProfile

    user = factory.SubFactory(UserFactory)
    display_name = factory.Sequence(lambda n: f"Person {n}")
    l1 = "es"
    l2 = "en"
    level = "A2"
    goal = "Talk to neighbours."


class LearnerFactory(UserFactory):
    """A learner: a user with a profile."""

    profile = factory.RelatedFactory(LearnerProfileFactory, factory_related_name="user")


class AdminFactory(LearnerFactory):
    """An administrator with every permission."""

    role = User.Role.ADMIN
    is_superuser = True
