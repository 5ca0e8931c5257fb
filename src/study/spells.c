/* SPDX-License-Identifier: MIT
 * Episodes: stretches above a level, first those that are long enough, then those of
 * them that are near each other made one. */
#include "ebb/spells.h"

#include <stdbool.h>
#include <string.h>

double ebb_unit_hours(const char *unit)
{
    static const struct {
        const char *name;
        double hours;
    } units[] = {
        {"second", 1.0 / 3600}, {"minute", 1.0 / 60}, {"hour", 1},      {"day", 24},
        {"week", 168},          {"month", 730.5},     {"year", 8766.0},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(units[i].name, unit) == 0) {
            return units[i].hours;
        }
    }
    return 0;
}

/* The list while it is found. The last spell is kept apart until the next one shows
 * that it is not part of it. */
typedef struct ebb_spell_search {
    double least; /* length and distance, in units of time; six hours within rounding */
    ebb_spell_t *spells, last;
    size_t room, count; /* of those that are over */
    bool pending;       /* there is a last one */
} ebb_spell_search_t;

static void spells_keep(ebb_spell_search_t *search)
{
    if (search->pending && search->count < search->room) {
        search->spells[search->count] = search->last;
    }
    search->count += search->pending;
    search->pending = false;
}

/* A stretch above the level has ended. */
static void spells_add(ebb_spell_search_t *search, const ebb_spell_t *stretch)
{
    if (stretch->end - stretch->begin < search->least) {
        return;
    }
    if (search->pending && stretch->begin - search->last.end < search->least) {
        search->last.end = stretch->end;
        if (stretch->peak > search->last.peak) {
            search->last.peak = stretch->peak;
            search->last.peak_time = stretch->peak_time;
        }
        return;
    }
    spells_keep(search);
    search->last = *stretch;
    search->pending = true;
}

/* Where the line between two points crosses the level. */
static double spells_cross(const double *times, const double *w, size_t k)
{
    double part = (EBB_SPELL_LEVEL - w[k]) / (w[k + 1] - w[k]);
    return times[k] + part * (times[k + 1] - times[k]);
}

size_t ebb_spells_find(const ebb_spell_course_t *course, ebb_spell_t *spells,
                       size_t room)
{
    const double *times = course->times, *withdrawal = course->withdrawal;
    ebb_spell_search_t search = {
        .least = EBB_SPELL_HOURS / course->hours * (1 - 1e-9),
        .spells = spells,
        .room = room,
    };
    ebb_spell_t stretch = {0};
    bool inside = false;
    for (size_t k = 0; k < course->count; k++) {
        bool known = withdrawal[k] == withdrawal[k];
        bool above = withdrawal[k] > EBB_SPELL_LEVEL;
        bool joined = k > 0 && known && withdrawal[k - 1] == withdrawal[k - 1];
        if (above && !inside) {
            stretch.begin = joined ? spells_cross(times, withdrawal, k - 1) : times[k];
            stretch.peak = EBB_SPELL_LEVEL;
        } else if (!above && inside) {
            stretch.end = known ? spells_cross(times, withdrawal, k - 1) : times[k - 1];
            spells_add(&search, &stretch);
        }
        inside = above;
        if (above && withdrawal[k] > stretch.peak) {
            stretch.peak = withdrawal[k];
            stretch.peak_time = times[k];
        }
    }
    if (inside) {
        stretch.end = times[course->count - 1];
        spells_add(&search, &stretch);
    }
    spells_keep(&search);
    return search.count;
}
