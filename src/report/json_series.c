/* SPDX-License-Identifier: MIT
 * What the document holds row by row: repairs, hours of the week, weeks, episodes. */
#include <stdlib.h>

#include "core/memory.h"
#include "report/parts.h"

#define EPISODES_SHOWN 400

static void put_repair(ebb_json_t *json, const ebb_repair_t *repair)
{
    ebb_json_begin(json, '{');
    ebb_json_key(json, "begin");
    ebb_report_put_wall(json, repair->begin_s);
    ebb_json_key(json, "end");
    ebb_report_put_wall(json, repair->end_s);
    ebb_json_key(json, "first_mover");
    ebb_json_int(json, repair->first_mover);
    ebb_json_put_bool(json, "by_call", repair->by_call);
    ebb_json_put_number(json, "normal_after_h", repair->normal_after_h);
    ebb_json_end(json, '}');
}

void ebb_report_put_repairs(ebb_json_t *json, const ebb_cycle_t *cycle)
{
    ebb_json_key(json, "repairs");
    ebb_json_begin(json, '{');
    ebb_json_key(json, "by");
    ebb_report_put_counts(json, cycle->first_moves);
    ebb_json_key(json, "share");
    ebb_report_put_estimate(json, cycle->first_move_share);
    ebb_json_key(json, "normal_after_h");
    ebb_report_put_estimate(json, cycle->normal_after_h);
    ebb_json_key(json, "list");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < cycle->repair_count; i++) {
        put_repair(json, &cycle->repairs[i]);
    }
    ebb_json_end(json, ']');
    ebb_json_end(json, '}');
}

static void put_day_hours(ebb_json_t *json, const float hours[24])
{
    ebb_json_begin(json, '[');
    for (int hour = 0; hour < 24; hour++) {
        ebb_report_put_float(json, hours[hour]);
    }
    ebb_json_end(json, ']');
}

void ebb_report_put_hours(ebb_json_t *json, const ebb_cycle_t *cycle)
{
    ebb_json_key(json, "hours");
    ebb_json_begin(json, '[');
    for (int k = 0; k < 2; k++) {
        ebb_json_begin(json, '[');
        put_day_hours(json, cycle->hours[k][0]);
        put_day_hours(json, cycle->hours[k][1]);
        ebb_json_end(json, ']');
    }
    ebb_json_end(json, ']');
}

/* One column of whole numbers for each person; `count_of` picks it from a week. */
static void put_week_counts(ebb_json_t *json, const ebb_cycle_t *cycle, const char *key,
                            uint32_t (*count_of)(const ebb_week_t *week, int person))
{
    ebb_json_key(json, key);
    ebb_json_begin(json, '[');
    for (int k = 0; k < 2; k++) {
        ebb_json_begin(json, '[');
        for (size_t i = 0; i < cycle->week_count; i++) {
            ebb_json_int(json, count_of(&cycle->weeks[i], k));
        }
        ebb_json_end(json, ']');
    }
    ebb_json_end(json, ']');
}

static uint32_t week_messages(const ebb_week_t *week, int person)
{
    return week->messages[person];
}

static uint32_t week_turns(const ebb_week_t *week, int person)
{
    return week->turns[person];
}

static uint32_t week_followups(const ebb_week_t *week, int person)
{
    return week->followups[person];
}

static void put_week_replies(ebb_json_t *json, const ebb_cycle_t *cycle)
{
    ebb_json_key(json, "reply_minutes");
    ebb_json_begin(json, '[');
    for (int k = 0; k < 2; k++) {
        ebb_json_begin(json, '[');
        for (size_t i = 0; i < cycle->week_count; i++) {
            ebb_json_number(json, cycle->weeks[i].reply_minutes[k]);
        }
        ebb_json_end(json, ']');
    }
    ebb_json_end(json, ']');
}

void ebb_report_put_weeks(ebb_json_t *json, const ebb_cycle_t *cycle)
{
    ebb_json_key(json, "weeks");
    ebb_json_begin(json, '{');
    ebb_json_key(json, "begin");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < cycle->week_count; i++) {
        ebb_report_put_wall(json, cycle->weeks[i].begin_s);
    }
    ebb_json_end(json, ']');
    put_week_counts(json, cycle, "messages", week_messages);
    put_week_counts(json, cycle, "turns", week_turns);
    put_week_counts(json, cycle, "followups", week_followups);
    put_week_replies(json, cycle);
    ebb_json_key(json, "longest_silence_h");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < cycle->week_count; i++) {
        ebb_json_number(json, cycle->weeks[i].longest_silence_h);
    }
    ebb_json_end(json, ']');
    ebb_json_end(json, '}');
}

static const char *ending_word(ebb_ending_t ending)
{
    static const char *const words[] = {
#define EBB_ENDING_WORD(name, word) [name] = (word),
        EBB_ENDING_LIST(EBB_ENDING_WORD)
#undef EBB_ENDING_WORD
    };
    return words[ending];
}

static void put_episode(ebb_json_t *json, const ebb_episode_t *episode)
{
    uint32_t kept =
        episode->followups < EBB_EPISODE_TURNS ? episode->followups : EBB_EPISODE_TURNS;
    ebb_json_begin(json, '{');
    ebb_json_key(json, "begin");
    ebb_report_put_wall(json, episode->begin_s);
    ebb_json_key(json, "end");
    ebb_report_put_wall(json, episode->end_s);
    ebb_json_key(json, "pursuer");
    ebb_json_int(json, episode->pursuer);
    ebb_json_put_count(json, "followups", episode->followups);
    ebb_json_put_number(json, "surprise", episode->surprise);
    ebb_json_key(json, "turn_hours");
    ebb_json_begin(json, '[');
    for (uint32_t i = 0; i < kept; i++) {
        ebb_report_put_float(json, episode->turn_hours[i]);
    }
    ebb_json_end(json, ']');
    ebb_json_put_string(json, "ending", ending_word(episode->ending));
    ebb_json_end(json, '}');
}

/* An episode and how long it was, for choosing the longest. */
typedef struct ranked_episode {
    int64_t length_s;
    size_t index;
} ranked_episode_t;

/* Longest first; of equals the earlier one. */
static int by_length(const void *left, const void *right)
{
    const ranked_episode_t *a = left, *b = right;
    if (a->length_s != b->length_s) {
        return a->length_s < b->length_s ? 1 : -1;
    }
    return a->index < b->index ? -1 : a->index > b->index;
}

static int by_index(const void *left, const void *right)
{
    const ranked_episode_t *a = left, *b = right;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* Keeps the longest EPISODES_SHOWN, and the typical one, in the order of time. Returns
 * how many are kept. */
static size_t choose_episodes(const ebb_cycle_t *cycle, ranked_episode_t *ranked)
{
    size_t count = cycle->episode_count;
    for (size_t i = 0; i < count; i++) {
        const ebb_episode_t *episode = &cycle->episodes[i];
        ranked[i] = (ranked_episode_t){episode->end_s - episode->begin_s, i};
    }
    if (count <= EPISODES_SHOWN) {
        return count;
    }
    qsort(ranked, count, sizeof *ranked, by_length);
    bool typical_kept = false;
    for (size_t i = 0; i < EPISODES_SHOWN; i++) {
        typical_kept = typical_kept || ranked[i].index == cycle->typical_episode;
    }
    if (!typical_kept) {
        ranked[EPISODES_SHOWN - 1].index = cycle->typical_episode;
    }
    qsort(ranked, EPISODES_SHOWN, sizeof *ranked, by_index);
    return EPISODES_SHOWN;
}

/* "typical": its place in the list that is shown. */
static void put_typical(ebb_json_t *json, const ebb_cycle_t *cycle,
                        const ranked_episode_t *ranked, size_t kept)
{
    ebb_json_key(json, "typical");
    for (size_t i = 0; i < kept; i++) {
        if (ranked[i].index == cycle->typical_episode) {
            ebb_json_int(json, (int64_t)i);
            return;
        }
    }
    ebb_json_null(json);
}

static void put_episode_counts(ebb_json_t *json, const ebb_cycle_t *cycle)
{
    uint64_t by[2] = {0}, endings[EBB_ENDED_OPEN + 1] = {0};
    for (size_t i = 0; i < cycle->episode_count; i++) {
        by[cycle->episodes[i].pursuer]++;
        endings[cycle->episodes[i].ending]++;
    }
    ebb_json_key(json, "by");
    ebb_report_put_counts(json, by);
    ebb_json_key(json, "endings");
    ebb_json_begin(json, '{');
#define EBB_ENDING_ROW(name, word) \
    ebb_json_key(json, word);      \
    ebb_json_int(json, (int64_t)endings[name]);
    EBB_ENDING_LIST(EBB_ENDING_ROW)
#undef EBB_ENDING_ROW
    ebb_json_end(json, '}');
}

int ebb_report_put_episodes(ebb_json_t *json, const ebb_cycle_t *cycle,
                            const ebb_alloc_t *alloc)
{
    alloc = alloc ? alloc : ebb_alloc_default();
    size_t room = cycle->episode_count + 1; /* never zero */
    ranked_episode_t *ranked = ebb_new_array(alloc, room, sizeof *ranked);
    if (!ranked) {
        return EBB_ERR_MEMORY;
    }
    size_t kept = choose_episodes(cycle, ranked);
    ebb_json_key(json, "episodes");
    ebb_json_begin(json, '{');
    ebb_json_put_count(json, "count", cycle->episode_count);
    put_typical(json, cycle, ranked, kept);
    put_episode_counts(json, cycle);
    ebb_json_key(json, "list");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < kept; i++) {
        put_episode(json, &cycle->episodes[ranked[i].index]);
    }
    ebb_json_end(json, ']');
    ebb_json_end(json, '}');
    ebb_free_array(alloc, ranked, room, sizeof *ranked);
    return EBB_OK;
}
