"""Sign-up, sign-in and mail about accounts (django-allauth)."""

import environ

env = environ.Env()

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "learners.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "learners.account_forms.LoginForm",
    "signup": "learners.account_forms.SignupForm",
    "reset_password": "learners.account_forms.ResetPasswordForm",
    "reset_password_from_key": "learners.account_forms.ResetPasswordKeyForm",
    "change_password": "learners.account_forms.ChangePasswordForm",
    "reauthenticate": "learners.account_forms.ReauthenticateForm",
    "add_email": "learners.account_forms.AddEmailForm",
}
# One address an account: a change takes effect once the new address is verified.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = env("TUTOR_EMAIL_VERIFICATION", default="optional")
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# All of a school may come from one address and join in the same minute. The code of a
# class is one of a hundred thousand million, so that as many guesses find none.
ACCOUNT_RATE_LIMITS = {
    "join": "60/m/ip,1000/h/ip",
    "login": "60/m/ip",
    "password_link": "3/h/key",
    "reset_password_from_key": "60/m/ip",
    "signup": "60/m/ip",
}
