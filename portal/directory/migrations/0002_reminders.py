"""Regions get a time zone, and the days after which somebody is reminded in the review."""

import django.core.validators
from django.db import migrations, models

import portal.directory.models.regions

ZONES = {
    "americas-caribbean": "America/Panama",
    "asia-pacific": "Asia/Bangkok",
    "europe": "Europe/Brussels",
    "east-southern-africa": "Africa/Nairobi",
    "north-africa-middle-east": "Africa/Cairo",
    "west-central-africa": "Africa/Lagos",
}


def set_time_zones(apps, schema_editor):
    """Give the regions that are there the zones that new ones begin with."""
    for region in apps.get_model("directory", "Region").objects.filter(slug__in=ZONES):
        region.time_zone = ZONES[region.slug]
        region.save(update_fields=["time_zone"])


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='region',
            name='clearance_days',
            field=models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)], verbose_name='days before a contact point is reminded'),
        ),
        migrations.AddField(
            model_name='region',
            name='decision_days',
            field=models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)], verbose_name='days before the coordinators are reminded'),
        ),
        migrations.AddField(
            model_name='region',
            name='review_days',
            field=models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)], verbose_name='days before a reviewer is reminded'),
        ),
        migrations.AddField(
            model_name='region',
            name='time_zone',
            field=models.CharField(choices=portal.directory.models.regions.time_zones, default='UTC', help_text='Reminders are sent from 8 in the morning to 6 in the evening of this zone.', max_length=48, verbose_name='time zone'),
        ),
        migrations.RunPython(set_time_zones, migrations.RunPython.noop),
    ]
