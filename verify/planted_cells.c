/* SPDX-License-Identifier: MIT
 * The table of cells, and strengths.tsv. */
#include "planted_cells.h"

#include <stdio.h>
#include <string.h>

#define ALL_CONFOUNDERS ((EBB_OTHER_CHANNEL << 1) - 1)

/* Nulls: nothing is planted but the confounder. */
#define NULL_CELL(name, bits)                      \
    {                                              \
        name, VERIFY_NULL, bits, 0, 0, false, 0, 0 \
    }

const verify_cell_t verify_cells[] = {
    NULL_CELL("independent", 0),
    NULL_CELL("bursts", EBB_BURSTS),
    NULL_CELL("shifts", EBB_SHIFTS),
    NULL_CELL("time_zones", EBB_TIME_ZONES),
    NULL_CELL("four_to_one", EBB_FOUR_TO_ONE),
    NULL_CELL("enter_comma", EBB_ENTER_COMMA),
    NULL_CELL("busy_shared", EBB_BUSY_SHARED),
    NULL_CELL("busy_own", EBB_BUSY_OWN),
    NULL_CELL("free_when_busy", EBB_FREE_WHEN_BUSY),
    NULL_CELL("same_room", EBB_SAME_ROOM),
    NULL_CELL("volume_drift", EBB_VOLUME_DRIFT),
    NULL_CELL("good_morning", EBB_GOOD_MORNING),
    NULL_CELL("week_swings", EBB_WEEK_SWINGS),
    NULL_CELL("other_channel", EBB_OTHER_CHANNEL),
    NULL_CELL("all_at_once", ALL_CONFOUNDERS),
    {"pursuit_only", VERIFY_HARD, 0, VERIFY_STRONG, 0, false, 0, 0},
    {"pursuit_shifts", VERIFY_HARD, EBB_SHIFTS, VERIFY_STRONG, 0, false, 0, 0},
    {"withdrawal_only", VERIFY_HARD, 0, 0, VERIFY_STRONG, false, 0, 0},
    {"withdrawal_bursts", VERIFY_HARD, EBB_BURSTS, 0, VERIFY_STRONG, false, 0, 0},
    {"weak", VERIFY_POSITIVE, 0, VERIFY_WEAK, VERIFY_WEAK, false, 0, 0},
    {"middle", VERIFY_POSITIVE, 0, VERIFY_MIDDLE, VERIFY_MIDDLE, false, 0, 0.65},
    {"strong", VERIFY_POSITIVE, 0, VERIFY_STRONG, VERIFY_STRONG, false, 0, 0.95},
    {"both_middle", VERIFY_POSITIVE, 0, VERIFY_MIDDLE, VERIFY_MIDDLE, true, 0, 0.65},
    {"both_strong", VERIFY_POSITIVE, 0, VERIFY_STRONG, VERIFY_STRONG, true, 0, 0.95},
    {"silent_days", VERIFY_POSITIVE, 0, VERIFY_STRONG, VERIFY_STRONG, false,
     VERIFY_DAYS, 0.95},
    {"growth", VERIFY_POSITIVE, 0, VERIFY_STRONG, VERIFY_STRONG, false, VERIFY_GROWTH,
     0},
    {"switch", VERIFY_POSITIVE, 0, VERIFY_STRONG, VERIFY_STRONG, false, VERIFY_SWITCH,
     0},
    {"all_weak", VERIFY_CURVE, ALL_CONFOUNDERS, VERIFY_WEAK, VERIFY_WEAK, false, 0, 0},
    {"all_middle", VERIFY_CURVE, ALL_CONFOUNDERS, VERIFY_MIDDLE, VERIFY_MIDDLE, false,
     0, 0},
    {"all_strong", VERIFY_CURVE, ALL_CONFOUNDERS, VERIFY_STRONG, VERIFY_STRONG, false,
     0, 0},
};
const int verify_cell_count = (int)(sizeof verify_cells / sizeof verify_cells[0]);

const verify_generator_t verify_generators[VERIFY_GENERATORS] = {
    {"ticks", ebb_generate_ticks},
    {"agenda", ebb_generate_agenda},
};

const char *const verify_strength_names[VERIFY_STRENGTHS] = {"none", "weak", "middle",
                                                             "strong"};
const char *const verify_plan_names[VERIFY_PLANS] = {"one", "both", "long"};

int verify_find_cell(const char *name)
{
    for (int i = 0; i < verify_cell_count; i++) {
        if (strcmp(verify_cells[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

int verify_find_generator(const char *name)
{
    for (int i = 0; i < VERIFY_GENERATORS; i++) {
        if (strcmp(verify_generators[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

static int find_name(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

static bool read_row(verify_strengths_t *strengths, const char *line)
{
    char generator[32], plan[32], strength[32];
    verify_knobs_t k;
    int fields = sscanf(line, "%31s %31s %31s %lf %lf %lf %lf %lf %lf %lf %d",
                        generator, plan, strength, &k.pursuit, &k.withdrawal,
                        &k.per_day, &k.w, &k.p, &k.followups, &k.messages, &k.records);
    int g = verify_find_generator(generator);
    int which = find_name(verify_plan_names, VERIFY_PLANS, plan);
    int s = find_name(verify_strength_names, VERIFY_STRENGTHS, strength);
    if (fields != 11 || g < 0 || which < 0 || s < 0) {
        return false;
    }
    strengths->knobs[g][which][s] = k;
    return true;
}

bool verify_strengths_read(verify_strengths_t *strengths, const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        return false;
    }
    char line[512];
    bool good = true, first = true;
    while (good && fgets(line, sizeof line, file)) {
        good = first || read_row(strengths, line);
        first = false;
    }
    fclose(file);
    return good;
}

bool verify_strengths_write(const verify_strengths_t *strengths, const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file) {
        return false;
    }
    fprintf(file, "generator\tplan\tstrength\tpursuit\twithdrawal\tper_day\tw\tp\t"
                  "followups\tmessages\trecords\n");
    for (int g = 0; g < VERIFY_GENERATORS; g++) {
        for (int plan = 0; plan < VERIFY_PLANS; plan++) {
            for (int s = 1; s < VERIFY_STRENGTHS; s++) {
                const verify_knobs_t *k = &strengths->knobs[g][plan][s];
                if (k->records > 0) {
                    fprintf(file,
                            "%s\t%s\t%s\t%.4g\t%.4g\t%.4g\t%.3f\t%.3f\t%.0f\t"
                            "%.1f\t%d\n",
                            verify_generators[g].name, verify_plan_names[plan],
                            verify_strength_names[s], k->pursuit, k->withdrawal,
                            k->per_day, k->w, k->p, k->followups, k->messages,
                            k->records);
                }
            }
        }
    }
    return fclose(file) == 0;
}

static const verify_knobs_t *knobs_of(const verify_cell_t *cell, int generator,
                                      const verify_strengths_t *strengths)
{
    verify_strength_t s = cell->pursuit ? cell->pursuit : cell->withdrawal;
    verify_plan_t plan = cell->mutual                  ? VERIFY_BOTH
                         : cell->course == VERIFY_DAYS ? VERIFY_LONG
                                                       : VERIFY_ONE;
    return &strengths->knobs[generator][plan][s];
}

bool verify_plant_known(const verify_cell_t *cell, int generator,
                        const verify_strengths_t *strengths)
{
    return (!cell->pursuit && !cell->withdrawal) ||
           knobs_of(cell, generator, strengths)->records > 0;
}

ebb_plant_t verify_plant(const verify_cell_t *cell, int generator,
                         const verify_strengths_t *strengths)
{
    ebb_plant_t plant = {.weeks = 26,
                         .messages_per_day = 30,
                         .confounders = cell->confounders,
                         .switch_half = cell->course == VERIFY_SWITCH,
                         .growth = cell->course == VERIFY_GROWTH,
                         .days_silent = cell->course == VERIFY_DAYS};
    const verify_knobs_t *knobs = knobs_of(cell, generator, strengths);
    if (cell->pursuit) {
        plant.pursuit[0] = knobs->pursuit;
        plant.pursuit[1] = cell->mutual ? knobs->pursuit : 0;
    }
    if (cell->withdrawal) {
        plant.withdrawal[1] = knobs->withdrawal;
        plant.withdrawal[0] = cell->mutual ? knobs->withdrawal : 0;
    }
    if (cell->pursuit && cell->withdrawal) {
        plant.messages_per_day = knobs->per_day;
    }
    return plant;
}

ebb_plant_t verify_plant_couple(ebb_plant_t plant, uint64_t seed, const char *cell,
                                int couple)
{
    plant.couple = verify_seed(seed, "couple", cell, (uint64_t)couple);
    return plant;
}

/* FNV-1a over the words, then a finaliser in which each bit reaches each bit. */
uint64_t verify_seed(uint64_t seed, const char *purpose, const char *cell,
                     uint64_t history)
{
    uint64_t h = 0xcbf29ce484222325u ^ seed;
    const char *words[2] = {purpose, cell};
    for (int i = 0; i < 2; i++) {
        for (const char *c = words[i]; *c; c++) {
            h = (h ^ (unsigned char)*c) * 0x100000001b3u;
        }
        h = (h ^ 0xffu) * 0x100000001b3u;
    }
    h += history * 0x9e3779b97f4a7c15u;
    h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9u;
    h = (h ^ (h >> 27)) * 0x94d049bb133111ebu;
    return h ^ (h >> 31);
}
