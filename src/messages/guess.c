/* SPDX-License-Identifier: MIT
 * One person under two names: who writes with the same one in one input as somebody
 * else does in another, and never beside that one.
 *
 * Main idea: an input in which exactly two write is a chat of two. Two chats of two
 * with one person in common are either two chats or one person who is called by two
 * names; only the couple can tell, so this asks and never decides. */
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

/* Whether the k-th of the two `here` may be one of the two `there`: who it is, or -1.
 */
static int guess_other(const guess_table_t *table, const int here[2], int k,
                       const int there[2])
{
    for (int j = 0; j < 2; j++) {
        if (here[0] >= 0 && there[!j] == here[!k] && there[j] != here[k]) {
            return guess_is_lesser(table, here[k], there[j]) ? there[j] : -1;
        }
    }
    return -1;
}

/* Of input `source`: whom to ask about, unless an earlier one has the same two. */
static bool guess_in(const guess_table_t *table, const ebb_import_t *import,
                     size_t source, ebb_guess_t *guess)
{
    const int *here = table->two[source];
    for (size_t s = 0; s < source; s++) {
        if (memcmp(table->two[s], here, sizeof table->two[s]) == 0) {
            return false;
        }
    }
    for (size_t n = 0; n < 2 * import->source_count; n++) {
        int k = (int)(n % 2);
        int other = guess_other(table, here, k, table->two[n / 2]);
        if (other >= 0 && !guess_meet(table, import->source_count, here[k], other)) {
            *guess = (ebb_guess_t){.label = import->sources[source].label,
                                   .name = import->persons[here[k]].name,
                                   .beside = import->persons[here[!k]].name,
                                   .perhaps = import->persons[other].name,
                                   ._from = here[k],
                                   ._to = other};
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
            found = guess_in(table, import, s, guess) && index-- == 0;
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
