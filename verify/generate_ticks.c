/* SPDX-License-Identifier: MIT
 *
 * The first generator: two people, minute by minute.
 *
 * Days are laid out first (ticks_days), then lived (ticks_couple), turns become
 * messages on the way (ticks_write). The volume asked for is met by rehearsal: the
 * same two people live their first weeks without pursuit and withdrawal, and how much
 * they have to tell is scaled until they write as much as was asked for. So a planted
 * couple and its unplanted twin have the same habits and the same things to tell, and
 * differ by what the plant does to them. They also begin with what the rehearsal taught
 * them of each other's ways.
 */
#include <stdlib.h>

#include "generator.h"
#include "ticks_couple.h"
#include "ticks_days.h"

#define REHEARSED_MESSAGES 840.0 /* about: 4 weeks of 30 a day */
#define REHEARSALS 3

static int rehearsal_weeks(const ebb_plant_t *plant)
{
    double weeks = ceil(REHEARSED_MESSAGES / (7.0 * plant->messages_per_day));
    weeks = fmin(fmax(weeks, 2.0), 13.0);
    return plant->weeks < (int)weeks ? plant->weeks : (int)weeks;
}

/* What comes of a rehearsal. */
typedef struct rehearsed {
    double scale; /* of things to tell */
    size_t messages;
    ticks_lore_t lore[2];
} rehearsed_t;

/* The couple without arms, swings and drift lives through the rehearsed weeks. */
static int rehearse(const ebb_plant_t *plant, uint64_t seed, uint8_t *act[2],
                    rehearsed_t *r)
{
    ebb_plant_t calm = *plant;
    calm.confounders &= ~(unsigned)(EBB_WEEK_SWINGS | EBB_VOLUME_DRIFT);
    for (int k = 0; k < 2; k++) {
        calm.pursuit[k] = calm.withdrawal[k] = 0.0;
    }
    ticks_couple_t couple;
    ticks_couple_begin(&couple, &calm, seed, 1, act);
    couple.scale = r->scale;
    ticks_couple_live(&couple, rehearsal_weeks(plant) * 7 * TICKS_DAY);
    r->messages = couple.count;
    r->lore[0] = couple.person[0].lore;
    r->lore[1] = couple.person[1].lore;
    free(couple.events);
    return couple.out_of_memory ? EBB_ERR_MEMORY : EBB_OK;
}

/* The scale of things to tell which gives the volume asked for. Few messages say
 * little about the scale, so small counts correct less. */
static int find_scale(const ebb_plant_t *plant, uint64_t seed, uint8_t *act[2],
                      rehearsed_t *r)
{
    double wanted = plant->messages_per_day * rehearsal_weeks(plant) * 7.0;
    r->scale = plant->messages_per_day / 30.0;
    for (int i = 0; i < REHEARSALS; i++) {
        int failed = rehearse(plant, seed, act, r);
        if (failed) {
            return failed;
        }
        double got = (double)r->messages;
        r->scale *= (wanted + 6.0) / (got + 6.0);
    }
    return EBB_OK;
}

int ebb_generate_ticks(const ebb_plant_t *plant, uint64_t seed, ebb_event_t **events,
                       size_t *count, ebb_plant_truth_t *truth)
{
    int minutes = plant->weeks * 7 * TICKS_DAY;
    uint8_t *days = malloc(2 * (size_t)minutes);
    if (!days) {
        return EBB_ERR_MEMORY;
    }
    uint8_t *act[2] = {days, days + minutes};
    ticks_days_fill(plant, seed, minutes, act);
    rehearsed_t rehearsed;
    int failed = find_scale(plant, seed, act, &rehearsed);
    ticks_couple_t couple = {0};
    if (!failed) {
        ticks_couple_begin(&couple, plant, seed, 0, act);
        couple.scale = rehearsed.scale;
        ticks_couple_remember(&couple, rehearsed.lore);
        ticks_couple_live(&couple, minutes);
        failed = couple.out_of_memory ? EBB_ERR_MEMORY : EBB_OK;
    }
    free(days);
    if (failed) {
        free(couple.events);
        return failed;
    }
    *events = couple.events;
    *count = couple.count;
    if (truth) {
        *truth = couple.truth;
    }
    return EBB_OK;
}
