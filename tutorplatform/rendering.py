"""How forms turn into HTML."""

from django.forms.renderers import TemplatesSetting


class SiteFormRenderer(TemplatesSetting):
    """Renders forms and fields with the templates of the design system."""

    form_template_name = "_components/form.html"
    field_template_name = "_components/field.html"
