/* SPDX-License-Identifier: MIT
 * Where the names of loops stand: as near to the middle of the loop as there is room.
 */
#include <stdio.h>

#include "lang/diagram.h"

#define BADGE_MOST 6u /* with more loops than these the list below is clearer */

void ebb_loop_name(const ebb_diagram_t *diagram, size_t loop, char name[16])
{
    unsigned number = 0;
    uint8_t kind = diagram->loops[loop].bits & EBB_LINK_SIGN;
    for (size_t i = 0; i <= loop; i++) {
        number += (diagram->loops[i].bits & EBB_LINK_SIGN) == kind;
    }
    const char *word = kind == EBB_LINK_PLUS    ? "R"
                       : kind == EBB_LINK_MINUS ? "B"
                                                : "R/B ";
    (void)snprintf(name, 16, "%s%u", word, number);
}

/* What a badge at a point would cover. */
static double badge_cost(const ebb_diagram_t *diagram, size_t loop, ebb_xy_t p)
{
    double cost = p.x < 20 || p.x > diagram->width - 20 || p.y < diagram->top ||
                          p.y > diagram->top + diagram->height
                      ? 1000
                      : 0;
    for (size_t i = 0; i < diagram->spot_count; i++) {
        cost += ebb_spot_distance(&diagram->spots[i], p) < 18 ? 200 : 0;
    }
    for (size_t i = 0; i < loop; i++) {
        cost += ebb_xy_apart(p, diagram->loops[i].badge) < 34 ? 200 : 0;
    }
    for (size_t i = 0; i < diagram->link_count; i++) {
        const ebb_link_t *link = &diagram->links[i];
        cost += ebb_xy_apart(p, link->sign) < 22 ? 60 : 0;
        for (int k = 0; k <= 24; k++) {
            cost += ebb_xy_apart(p, ebb_link_point(link, k / 24.0)) < 19 ? 12 : 0;
        }
    }
    return cost;
}

/* The middle of the arrows of a loop. */
static ebb_xy_t badge_middle(const ebb_diagram_t *diagram, const ebb_loop_t *loop)
{
    ebb_xy_t middle = {0, 0};
    double count = 0;
    for (uint32_t i = 0; i < loop->count; i++) {
        for (size_t k = 0; k < diagram->link_count; k++) {
            const ebb_link_t *link = &diagram->links[k];
            if (link->from == loop->spots[i] &&
                link->to == loop->spots[(i + 1) % loop->count]) {
                ebb_xy_t p = ebb_link_point(link, 0.5);
                middle.x += p.x;
                middle.y += p.y;
                count++;
            }
        }
    }
    count = count > 0 ? count : 1;
    return (ebb_xy_t){middle.x / count, middle.y / count};
}

static ebb_xy_t badge_place(const ebb_diagram_t *diagram, size_t loop)
{
    ebb_xy_t middle = badge_middle(diagram, &diagram->loops[loop]), best = middle;
    double least = 1e300;
    for (int x = -8; x <= 8; x++) {
        for (int y = -8; y <= 8; y++) {
            ebb_xy_t p = {middle.x + 9 * x, middle.y + 9 * y};
            double cost = badge_cost(diagram, loop, p) + ebb_xy_apart(p, middle) / 2;
            if (cost < least) {
                least = cost;
                best = p;
            }
        }
    }
    return best;
}

void ebb_diagram_badges(ebb_diagram_t *diagram)
{
    for (size_t i = 0; i < diagram->loop_count && diagram->loop_count <= BADGE_MOST;
         i++) {
        if (diagram->loops[i].count > 1) {
            diagram->loops[i].badge = badge_place(diagram, i);
        }
    }
}
