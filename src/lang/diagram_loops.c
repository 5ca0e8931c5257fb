/* SPDX-License-Identifier: MIT
 * Feedback loops: for each link the shortest way back (breadth first), each loop once,
 * shortest first; of the same length those between persons first, as they are what a
 * model of a couple is about. */
#include <string.h>

#include "lang/diagram.h"

typedef struct ebb_loop_search {
    const ebb_diagram_t *diagram;
    uint32_t before[EBB_DIAGRAM_MOST]; /* on the way to a spot, or EBB_NONE */
    uint32_t queue[EBB_DIAGRAM_MOST];
} ebb_loop_search_t;

static bool loop_moves(const ebb_diagram_t *diagram, uint32_t from, uint32_t to)
{
    return (diagram->moves[from][to] & EBB_LINK_SIGN) != 0;
}

/* Finds shortest ways from a spot to all others. */
static void loop_search(ebb_loop_search_t *search, uint32_t from)
{
    const ebb_diagram_t *diagram = search->diagram;
    size_t done = 0, count = 0;
    for (size_t i = 0; i < diagram->spot_count; i++) {
        search->before[i] = EBB_NONE;
    }
    search->before[from] = from;
    search->queue[count++] = from;
    while (done < count) {
        uint32_t at = search->queue[done++];
        for (uint32_t to = 0; to < diagram->spot_count; to++) {
            if (search->before[to] == EBB_NONE && loop_moves(diagram, at, to)) {
                search->before[to] = at;
                search->queue[count++] = to;
            }
        }
    }
}

/* The sign is the product of the signs; one that may be both makes both. */
static void loop_judge(const ebb_diagram_t *diagram, ebb_loop_t *loop)
{
    bool minus = false, both = false;
    for (uint32_t i = 0; i < loop->count; i++) {
        uint32_t to = loop->spots[(i + 1) % loop->count];
        uint8_t bits = diagram->moves[loop->spots[i]][to];
        minus ^= (bits & EBB_LINK_SIGN) == EBB_LINK_MINUS;
        both |= (bits & EBB_LINK_SIGN) == EBB_LINK_SIGN;
        loop->bits |= bits & EBB_LINK_LATE;
    }
    loop->bits |= both ? EBB_LINK_SIGN : minus ? EBB_LINK_MINUS : EBB_LINK_PLUS;
}

/* The same loop from its lowest spot on. */
static void loop_turn(ebb_loop_t *loop)
{
    uint32_t turned[EBB_DIAGRAM_MOST], lowest = 0;
    for (uint32_t i = 1; i < loop->count; i++) {
        lowest = loop->spots[i] < loop->spots[lowest] ? i : lowest;
    }
    for (uint32_t i = 0; i < loop->count; i++) {
        turned[i] = loop->spots[(lowest + i) % loop->count];
    }
    memcpy(loop->spots, turned, loop->count * sizeof *turned);
}

static bool loop_equal(const ebb_loop_t *a, const ebb_loop_t *b)
{
    return a->count == b->count &&
           memcmp(a->spots, b->spots, a->count * sizeof *a->spots) == 0;
}

static ebb_loop_t loop_mirror(const ebb_diagram_t *diagram, const ebb_loop_t *loop)
{
    ebb_loop_t mirror = *loop;
    for (uint32_t i = 0; i < loop->count; i++) {
        mirror.spots[i] = diagram->spots[loop->spots[i]].mirror;
    }
    loop_turn(&mirror);
    return mirror;
}

/* Passes through quantities of two persons. */
static bool loop_is_between(const ebb_diagram_t *diagram, const ebb_loop_t *loop)
{
    uint32_t first = EBB_NONE;
    for (uint32_t i = 0; i < loop->count; i++) {
        uint32_t person = diagram->spots[loop->spots[i]].person;
        if (person != EBB_NONE && first != EBB_NONE && person != first) {
            return true;
        }
        first = person != EBB_NONE ? person : first;
    }
    return false;
}

/* Loops of a lower rank are listed first. */
static uint32_t loop_rank(const ebb_diagram_t *diagram, const ebb_loop_t *loop)
{
    return 2 * loop->count + (loop_is_between(diagram, loop) ? 0 : 1);
}

/* Puts a loop behind those that do not rank after it, unless it is there or there is no
 * more room for one of its rank. */
static void loop_keep(ebb_diagram_t *diagram, ebb_loop_t *loop)
{
    ebb_loop_t mirror = loop_mirror(diagram, loop);
    loop->mirrored = !loop_equal(loop, &mirror);
    size_t at = diagram->loop_count;
    for (size_t i = 0; i < diagram->loop_count; i++) {
        if (loop_equal(&diagram->loops[i], loop) ||
            loop_equal(&diagram->loops[i], &mirror)) {
            return;
        }
        if (loop_rank(diagram, &diagram->loops[i]) > loop_rank(diagram, loop) &&
            i < at) {
            at = i;
        }
    }
    if (at == EBB_DIAGRAM_LOOPS) {
        return;
    }
    diagram->loop_count += diagram->loop_count < EBB_DIAGRAM_LOOPS;
    memmove(diagram->loops + at + 1, diagram->loops + at,
            (diagram->loop_count - at - 1) * sizeof *diagram->loops);
    loop_judge(diagram, loop);
    diagram->loops[at] = *loop;
}

/* The loop of a link from -> to, with the way back that was found from `to`. */
static void loop_close(ebb_diagram_t *diagram, const ebb_loop_search_t *search,
                       uint32_t from, uint32_t to)
{
    ebb_loop_t loop = {0};
    for (uint32_t at = from; at != to; at = search->before[at]) {
        loop.count++;
    }
    loop.count++;
    uint32_t place = loop.count, at = from;
    while (place-- > 0) {
        loop.spots[place] = at;
        at = search->before[at];
    }
    loop_turn(&loop);
    loop_keep(diagram, &loop);
}

/* What only fades by itself is no loop worth a word. */
static bool loop_is_fading(const ebb_diagram_t *diagram, uint32_t from, uint32_t to)
{
    return from == to && !(diagram->moves[from][to] & EBB_LINK_PLUS);
}

void ebb_diagram_loops(ebb_diagram_t *diagram)
{
    ebb_loop_search_t search = {.diagram = diagram};
    for (uint32_t to = 0; to < diagram->spot_count; to++) {
        loop_search(&search, to);
        for (uint32_t from = 0; from < diagram->spot_count; from++) {
            if (search.before[from] != EBB_NONE && loop_moves(diagram, from, to) &&
                !loop_is_fading(diagram, from, to)) {
                loop_close(diagram, &search, from, to);
            }
        }
    }
}
