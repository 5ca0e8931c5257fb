/* SPDX-License-Identifier: MIT
 *
 * Where everything stands: a block of columns for each person, and one for the couple
 * in the middle. Within its block a spot may have any place; from the order of
 * declaration on, two change places as long as that makes the drawing better, that is,
 * links shorter and fewer spots on their way. In a model that is written once for each
 * partner the right side is the left one in a mirror at every step.
 */
#include "lang/diagram.h"
#include "math/bits.h"

#define PLACE_ROW 68.0
#define PLACE_LETTER 7.3
#define PLACE_BETWEEN 132.0 /* blocks */
#define PLACE_BESIDE 64.0   /* columns of a block */
#define PLACE_MARGIN 46.0
#define PLACE_TOP 74.0
#define PLACE_WORK 100000000.0 /* visits of a spot by a link */

/* Where places are counted from. */
typedef struct ebb_places {
    ebb_diagram_t *diagram;
    uint32_t order[EBB_DIAGRAM_MOST];       /* spot of each place, block by block */
    uint32_t first[EBB_DIAGRAM_BLOCKS + 1]; /* place of each block, by position */
    double work;
} ebb_places_t;

/* --- blocks ----------------------------------------------------------------------- */

static size_t place_members(const ebb_diagram_t *diagram, uint32_t person)
{
    size_t count = 0;
    for (size_t i = 0; i < diagram->spot_count; i++) {
        count += diagram->spots[i].person == person;
    }
    return count;
}

/* How far links would go between blocks if persons stood in an order. */
static double place_span(const ebb_diagram_t *diagram, const uint32_t *position)
{
    double span = 0;
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        for (uint32_t k = 0; k < diagram->spot_count; k++) {
            uint32_t a = diagram->spots[i].person, b = diagram->spots[k].person;
            if (diagram->moves[i][k] && a != EBB_NONE && b != EBB_NONE) {
                double apart = (double)position[a] - (double)position[b];
                span += apart * apart;
            }
        }
    }
    return span;
}

static void place_swap(uint32_t *list, size_t i, size_t k)
{
    uint32_t kept = list[i];
    list[i] = list[k];
    list[k] = kept;
}

/* Persons from left to right: those who have to do with each other side by side. */
static void place_persons(const ebb_diagram_t *diagram, uint32_t *position)
{
    size_t count = diagram->system->person_count;
    for (uint32_t p = 0; p < count; p++) {
        position[p] = p;
    }
    for (size_t round = 0; round < count && count > 2; round++) {
        for (size_t i = 0; i < count; i++) {
            for (size_t k = i + 1; k < count; k++) {
                double before = place_span(diagram, position);
                place_swap(position, i, k);
                if (place_span(diagram, position) >= before) {
                    place_swap(position, i, k);
                }
            }
        }
    }
}

static void place_blocks(ebb_diagram_t *diagram)
{
    uint32_t position[EBB_PERSONS_MOST];
    uint32_t persons = (uint32_t)diagram->system->person_count;
    bool couple = place_members(diagram, EBB_NONE) > 0;
    uint32_t middle = (persons + 1) / 2;
    place_persons(diagram, position);
    for (uint32_t p = 0; p < persons; p++) {
        diagram->block_of[p] = position[p] + (couple && position[p] >= middle);
    }
    diagram->block_of[persons] = middle;
    diagram->block_count = persons + couple;
    for (size_t i = 0; i < diagram->spot_count; i++) {
        ebb_spot_t *spot = &diagram->spots[i];
        spot->block =
            diagram->block_of[spot->person == EBB_NONE ? persons : spot->person];
    }
}

/* --- columns ---------------------------------------------------------------------- */

/* How many columns a block has. What is between two mirrored sides has one, so that it
 * mirrors itself. */
static size_t place_columns(const ebb_places_t *places, uint32_t block)
{
    const ebb_diagram_t *diagram = places->diagram;
    size_t count = places->first[block + 1] - places->first[block];
    bool middle = block == diagram->block_of[diagram->system->person_count] &&
                  place_members(diagram, EBB_NONE) > 0;
    if (middle && diagram->system->alike) {
        return 1;
    }
    return count <= 6 ? 1 : count <= 18 ? 2 : 4;
}

static size_t place_rows(const ebb_places_t *places, uint32_t block)
{
    size_t count = places->first[block + 1] - places->first[block];
    size_t columns = place_columns(places, block);
    return (count + columns - 1) / columns;
}

static double place_width(const ebb_places_t *places, uint32_t begin, uint32_t end)
{
    double width = 50;
    for (uint32_t i = begin; i < end; i++) {
        const ebb_spot_t *spot = &places->diagram->spots[places->order[i]];
        width = spot->width > width ? spot->width : width;
    }
    return width;
}

/* Whether a block's columns are filled from the right: so that they mirror the ones on
 * the left. */
static bool place_is_right(const ebb_diagram_t *diagram, uint32_t block)
{
    return diagram->system->alike && block + 1 == diagram->block_count;
}

static void place_column(ebb_places_t *places, uint32_t begin, uint32_t end, double x)
{
    ebb_diagram_t *diagram = places->diagram;
    double step = diagram->height / (end - begin);
    for (uint32_t i = begin; i < end; i++) {
        ebb_spot_t *spot = &diagram->spots[places->order[i]];
        spot->at.x = x;
        spot->at.y = diagram->top + step * (i - begin + 0.5);
    }
}

/* The columns of a block from `x` on; where it ends. */
static double place_block(ebb_places_t *places, uint32_t block, double x)
{
    size_t columns = place_columns(places, block), rows = place_rows(places, block);
    uint32_t first = places->first[block], last = places->first[block + 1];
    double begin = x;
    for (size_t c = 0; c < columns && rows > 0; c++) {
        size_t which = place_is_right(places->diagram, block) ? columns - 1 - c : c;
        uint32_t from = first + (uint32_t)(which * rows);
        uint32_t to = from + (uint32_t)rows < last ? from + (uint32_t)rows : last;
        if (from >= to) {
            continue;
        }
        double width = place_width(places, from, to);
        x += x > begin ? PLACE_BESIDE : 0;
        place_column(places, from, to, x + width / 2);
        x += width;
    }
    places->diagram->block_x[block] = (begin + x) / 2;
    return x;
}

/* Coordinates out of the order. */
static void place_all(ebb_places_t *places)
{
    ebb_diagram_t *diagram = places->diagram;
    double x = PLACE_MARGIN;
    for (uint32_t b = 0; b < diagram->block_count; b++) {
        x += b ? PLACE_BETWEEN : 0;
        x = place_block(places, b, x);
    }
    diagram->width = x + PLACE_MARGIN;
}

/* --- better places ---------------------------------------------------------------- */

/* How far a point is from the straight way between two others, if it is beside it. */
static double place_beside(ebb_xy_t a, ebb_xy_t b, ebb_xy_t p)
{
    double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
    double along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (square > 0 ? square : 1);
    if (along <= 0 || along >= 1) {
        return 1e9;
    }
    double x = a.x + along * dx - p.x, y = a.y + along * dy - p.y;
    return __builtin_sqrt(x * x + y * y);
}

static double place_link_cost(ebb_places_t *places, uint32_t from, uint32_t to)
{
    const ebb_diagram_t *diagram = places->diagram;
    ebb_xy_t a = diagram->spots[from].at, b = diagram->spots[to].at;
    double dx = (b.x - a.x) / 3, dy = b.y - a.y;
    double cost = __builtin_sqrt(dx * dx + dy * dy);
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        if (i != from && i != to && place_beside(a, b, diagram->spots[i].at) < 22) {
            cost += 50;
        }
    }
    places->work += (double)diagram->spot_count;
    return cost;
}

static double place_cost(ebb_places_t *places)
{
    const ebb_diagram_t *diagram = places->diagram;
    double cost = 0;
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        for (uint32_t k = 0; k < diagram->spot_count; k++) {
            if (i != k && diagram->moves[i][k]) {
                cost += place_link_cost(places, i, k);
            }
        }
    }
    return cost;
}

static uint32_t place_of(const ebb_places_t *places, uint32_t spot)
{
    uint32_t i = 0;
    while (places->order[i] != spot) {
        i++;
    }
    return i;
}

/* Two places of a block change their spots, and so on the other side. */
static void place_exchange(ebb_places_t *places, uint32_t i, uint32_t k)
{
    const ebb_diagram_t *diagram = places->diagram;
    uint32_t a = diagram->spots[places->order[i]].mirror;
    uint32_t b = diagram->spots[places->order[k]].mirror;
    bool other = a != places->order[i] && b != places->order[k];
    place_swap(places->order, i, k);
    if (other) {
        place_swap(places->order, place_of(places, a), place_of(places, b));
    }
    place_all(places);
}

/* Tries every exchange within a block once; whether one was better. */
static bool place_round(ebb_places_t *places, uint32_t block, double *cost)
{
    bool better = false;
    for (uint32_t i = places->first[block]; i < places->first[block + 1]; i++) {
        for (uint32_t k = i + 1;
             k < places->first[block + 1] && places->work < PLACE_WORK; k++) {
            place_exchange(places, i, k);
            double now = place_cost(places);
            if (now < *cost - 1e-6) {
                *cost = now;
                better = true;
            } else {
                place_exchange(places, i, k);
            }
        }
    }
    return better;
}

static void place_improve(ebb_places_t *places)
{
    const ebb_diagram_t *diagram = places->diagram;
    double cost = place_cost(places);
    bool better = true;
    while (better && places->work < PLACE_WORK) {
        better = false;
        for (uint32_t b = 0; b < diagram->block_count; b++) {
            if (!place_is_right(diagram, b)) {
                better |= place_round(places, b, &cost);
            }
        }
    }
}

/* Spots by block in order of the list, on the right side in that of their mirrors. */
static void place_order(ebb_places_t *places)
{
    const ebb_diagram_t *diagram = places->diagram;
    uint32_t count = 0;
    for (uint32_t b = 0; b < diagram->block_count; b++) {
        places->first[b] = count;
        for (uint32_t i = 0; i < diagram->spot_count; i++) {
            if (diagram->spots[i].block == b) {
                places->order[count++] = i;
            }
        }
    }
    places->first[diagram->block_count] = count;
    uint32_t last = diagram->block_count - 1;
    for (uint32_t i = 0; place_is_right(diagram, last) &&
                         i < places->first[last + 1] - places->first[last];
         i++) {
        places->order[places->first[last] + i] =
            diagram->spots[places->order[i]].mirror;
    }
}

static void place_sizes(ebb_places_t *places)
{
    ebb_diagram_t *diagram = places->diagram;
    size_t most = 1;
    for (size_t i = 0; i < diagram->spot_count; i++) {
        size_t letters = strlen(diagram->spots[i].label);
        letters = letters > EBB_SPOT_LETTERS ? EBB_SPOT_LETTERS : letters;
        diagram->spots[i].width =
            22 + PLACE_LETTER * (double)(letters < 4 ? 4 : letters);
    }
    for (uint32_t b = 0; b < diagram->block_count; b++) {
        size_t rows = place_rows(places, b);
        most = rows > most ? rows : most;
    }
    diagram->top = PLACE_TOP;
    diagram->height = PLACE_ROW * (double)most + (most < 3 ? 40 : 0);
}

void ebb_diagram_place(ebb_diagram_t *diagram)
{
    ebb_places_t places = {.diagram = diagram};
    place_blocks(diagram);
    place_order(&places);
    place_sizes(&places);
    place_all(&places);
    place_improve(&places);
}
