/* SPDX-License-Identifier: MIT
 * One person under two names: who writes with the same one in one input as somebody
 * else does in another, and never beside that one; or two who are both called
 * otherwise elsewhere.
 *
 * Main idea: an input in which exactly two write is a chat of two. Two chats of two
 * with one person in common, or none, are either two chats or one person who is called
 * by two names; only the couple can tell, so this asks and never decides. */
#include <string.h>

#include "core/memory.h"
#include "messages/reader.h"

#define GUESS_MOST (UINT8_MAX + 1) /* inputs, and persons */

/* Who writes where, from one pass over the events. */
typedef struct guess_table {
    size_t counts[GUESS_MOST];           /* events of each person */
    bool writes[GUESS_MOST][GUESS_MOST]; /* by input and person */
    int two[GUESS_MOST][2]; /* the two of an input, the lesser first; -1: not two */
} guess_table_t;

static void guess_pair(guess_table_t *table, size_t source)
{
    int *two = table->two[source], count = 0;
    two[0] = two[1] = -1;
    for (int p = 0; p < EBB_PERSON_NONE; p++) {
        if (table->writes[source][p] && count++ < 2) {
            two[count - 1] = p;
        }
    }
    if (count != 2) {
        two[0] = two[1] = -1;
    }
}

static void guess_fill(guess_table_t *table, const ebb_import_t *import)
{
    memset(table, 0, sizeof *table);
    for (size_t i = 0; i < import->count; i++) {
        const ebb_event_t *event = &import->events[i];
        table->counts[event->person]++;
        table->writes[event->source][event->person] = true;
    }
    for (size_t s = 0; s < import->source_count; s++) {
        guess_pair(table, s);
    }
}

/* Whether two persons write in one input: then they are not one. */
static bool guess_meet(const guess_table_t *table, size_t sources, int one, int other)
{
    for (size_t s = 0; s < sources; s++) {
        if (table->writes[s][one] && table->writes[s][other]) {
            return true;
        }
    }
    return false;
}

/* Whether `name` writes less than `other`: only that one of two is asked about. */
static bool guess_is_lesser(const guess_table_t *table, int name, int other)
{
    size_t n = table->counts[name], m = table->counts[other];
    return n < m || (n == m && name > other);
}

/* Whether two inputs have none of their two in common, and `here` fewer events. */
static bool guess_is_apart(const guess_table_t *table, const int here[2],
                           const int there[2])
{
    size_t n = table->counts[here[0]] + table->counts[here[1]];
    size_t m = table->counts[there[0]] + table->counts[there[1]];
    return here[0] != there[0] && here[0] != there[1] && here[1] != there[0] &&
           here[1] != there[1] && (n < m || (n == m && here[0] > there[0]));
}

/* Whether the k-th of the two `here` may be the j-th of the two `there`. Where the two
 * have nobody in common it begins with whoever comes first `here`: once that one is
 * joined, the other is asked about as one who writes beside a known person. */
static bool guess_fits(const guess_table_t *table, const int here[2], int k,
                       const int there[2], int j)
{
    if (here[0] < 0 || there[0] < 0) {
        return false;
    }
    bool beside = there[!j] == here[!k] && there[j] != here[k] &&
                  guess_is_lesser(table, here[k], there[j]);
    return beside || (k == 0 && guess_is_apart(table, here, there));
}

/* Candidate n of input `source`, 4 for each input: whom to ask about, if it is one. */
static bool guess_candidate(const guess_table_t *table, const ebb_import_t *import,
                            size_t source, size_t n, ebb_guess_t *guess)
{
    const int *here = table->two[source], *there = table->two[n / 4];
    int k = (int)(n / 2 % 2), j = (int)(n % 2);
    if (!guess_fits(table, here, k, there, j) ||
        guess_meet(table, import->source_count, here[k], there[j])) {
        return false;
    }
    *guess = (ebb_guess_t){.label = import->sources[source].label,
                           .name = import->persons[here[k]].name,
                           .beside = import->persons[here[!k]].name,
                           .perhaps = import->persons[there[j]].name,
                           .with = import->persons[there[!j]].name,
                           ._from = here[k],
                           ._to = there[j]};
    return true;
}

/* Whether an input before `source` has the same two. */
static bool guess_is_again(const guess_table_t *table, size_t source)
{
    for (size_t s = 0; s < source; s++) {
        if (memcmp(table->two[s], table->two[source], sizeof table->two[s]) == 0) {
            return true;
        }
    }
    return false;
}

/* The guess of `*index` among those about input `source`; `*index` falls by those
 * passed. Inputs with the same two ask the same, once. */
static bool guess_in(const guess_table_t *table, const ebb_import_t *import,
                     size_t source, size_t *index, ebb_guess_t *guess)
{
    for (size_t n = 0; n < 4 * import->source_count; n++) {
        if (!guess_is_again(table, source) && !guess_is_again(table, n / 4) &&
            guess_candidate(table, import, source, n, guess) && (*index)-- == 0) {
            return true;
        }
    }
    return false;
}

bool ebb_import_guess(const ebb_import_t *import, size_t index, ebb_guess_t *guess)
{
    guess_table_t *table = import->source_count > 1
                               ? ebb_new_array(import->alloc, 1, sizeof *table)
                               : NULL;
    bool found = false;
    if (table) { /* without memory nobody is asked; finish says what is wrong */
        guess_fill(table, import);
        for (size_t s = 0; s < import->source_count && !found; s++) {
            found = guess_in(table, import, s, &index, guess);
        }
        ebb_free_array(import->alloc, table, 1, sizeof *table);
    }
    return found;
}

void ebb_import_join(ebb_import_t *import, const ebb_guess_t *guess)
{
    for (size_t i = 0; i < import->count; i++) {
        if (import->events[i].person == guess->_from) {
            import->events[i].person = (uint8_t)guess->_to;
        }
    }
}
