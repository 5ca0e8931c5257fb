/* SPDX-License-Identifier: MIT
 *
 * The curves of the links. Each tries a list of bends, more and more to either side,
 * and keeps the one that is least in the way of spots and of the curves, heads and
 * signs that are there already. On the mirrored side the same curve is taken in the
 * mirror, except that x -> y and y -> x, if these are each other's mirrors, would lie
 * on one another: of them one bends up and the other down.
 */
#include "lang/diagram.h"

#define ROUTE_STEPS 16
#define ROUTE_GAP 4.0 /* between border and curve */
#define ROUTE_WORK 4e7

typedef struct ebb_route {
    ebb_diagram_t *diagram;
    double work;
} ebb_route_t;

static double route_abs(double x)
{
    return x < 0 ? -x : x;
}

double ebb_spot_distance(const ebb_spot_t *spot, ebb_xy_t point)
{
    double x = route_abs(point.x - spot->at.x) - spot->width / 2;
    double y = route_abs(point.y - spot->at.y) - EBB_SPOT_HALF;
    double far = x > y ? x : y;
    return far > 0 ? far : 0;
}

ebb_xy_t ebb_link_point(const ebb_link_t *link, double t)
{
    double a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;
    return (ebb_xy_t){a * link->start.x + b * link->middle.x + c * link->end.x,
                      a * link->start.y + b * link->middle.y + c * link->end.y};
}

static ebb_xy_t route_between(ebb_xy_t a, ebb_xy_t b, double t)
{
    return (ebb_xy_t){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

/* Where a curve that begins (or ends) inside a spot leaves it: by halving. */
static double route_border(const ebb_link_t *link, const ebb_spot_t *spot, bool at_end)
{
    double inside = at_end ? 1 : 0, outside = 0.5;
    for (int i = 0; i < 24; i++) {
        double t = (inside + outside) / 2;
        if (ebb_spot_distance(spot, ebb_link_point(link, t)) > ROUTE_GAP) {
            outside = t;
        } else {
            inside = t;
        }
    }
    return outside;
}

/* The part of a quadratic curve from t = a to t = b. */
static void route_cut(ebb_link_t *link, double a, double b)
{
    ebb_xy_t start = ebb_link_point(link, a), end = ebb_link_point(link, b);
    ebb_xy_t left = route_between(link->start, link->middle, a);
    ebb_xy_t right = route_between(link->middle, link->end, a);
    link->middle = route_between(left, right, b);
    link->start = start;
    link->end = end;
}

/* A curve between two spots: how far it bends to the left of its way, as a part of the
 * distance, and how far beside the middle of the spot it ends. */
static void route_bend(const ebb_diagram_t *diagram, ebb_link_t *link, double bend,
                       double beside)
{
    const ebb_spot_t *from = &diagram->spots[link->from],
                     *to = &diagram->spots[link->to];
    double dx = to->at.x - from->at.x, dy = to->at.y - from->at.y;
    bool steep = route_abs(dy) > route_abs(dx);
    link->start = from->at;
    link->end = to->at;
    link->end.x += steep ? beside * to->width * 0.3 : 0;
    link->end.y += steep ? 0 : beside * EBB_SPOT_HALF * 0.6;
    link->middle.x = (link->start.x + link->end.x) / 2 + bend * dy;
    link->middle.y = (link->start.y + link->end.y) / 2 - bend * dx;
    route_cut(link, route_border(link, from, false), route_border(link, to, true));
}

/* --- how good a curve is ---------------------------------------------------------- */

static bool route_is_outside(const ebb_diagram_t *diagram, ebb_xy_t p)
{
    return p.x < 8 || p.x > diagram->width - 8 || p.y < diagram->top - 18 ||
           p.y > diagram->top + diagram->height + 14;
}

static double route_spots(ebb_route_t *route, const ebb_link_t *link, ebb_xy_t p)
{
    const ebb_diagram_t *diagram = route->diagram;
    double cost = route_is_outside(diagram, p) ? 20 : 0;
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        double gap = i == link->from || i == link->to
                         ? 9
                         : ebb_spot_distance(&diagram->spots[i], p);
        cost += gap == 0 ? 14 : gap < 7 ? 5 : 0;
    }
    route->work += (double)diagram->spot_count;
    return cost;
}

static double route_others(ebb_route_t *route, const ebb_link_t *link, ebb_xy_t p,
                           bool head)
{
    const ebb_diagram_t *diagram = route->diagram;
    double cost = 0;
    for (size_t k = 0; k < diagram->link_count && route->work < ROUTE_WORK; k++) {
        const ebb_link_t *other = &diagram->links[k];
        if (!other->routed || other == link) {
            continue;
        }
        cost += head && ebb_xy_apart(p, other->end) < 17 ? 14 : 0;
        cost += head && ebb_xy_apart(p, other->start) < 12 ? 5 : 0;
        for (int i = 0; i <= 8; i++) {
            double gap = ebb_xy_apart(p, ebb_link_point(other, i / 8.0));
            cost += gap < 7 ? 2 : 0;
        }
        route->work += 9;
    }
    return cost;
}

static ebb_xy_t route_flip(const ebb_diagram_t *diagram, ebb_xy_t p)
{
    return (ebb_xy_t){diagram->width - p.x, p.y};
}

/* How much a curve lies on its own mirror image. */
static double route_image(const ebb_diagram_t *diagram, const ebb_link_t *link)
{
    double cost = 0;
    for (int i = 1; i < ROUTE_STEPS; i++) {
        ebb_xy_t p = ebb_link_point(link, i / (double)ROUTE_STEPS);
        for (int k = 1; k < ROUTE_STEPS; k++) {
            ebb_xy_t q = ebb_link_point(link, k / (double)ROUTE_STEPS);
            cost += ebb_xy_apart(p, route_flip(diagram, q)) < 7 ? 2 : 0;
        }
    }
    return cost;
}

static double route_cost(ebb_route_t *route, const ebb_link_t *link)
{
    double cost = 0;
    for (int i = 0; i <= ROUTE_STEPS; i++) {
        ebb_xy_t p = ebb_link_point(link, i / (double)ROUTE_STEPS);
        cost += route_spots(route, link, p);
        cost += i % 2 == 0 ? route_others(route, link, p, i == ROUTE_STEPS) : 0;
    }
    return cost;
}

/* --- choice ----------------------------------------------------------------------- */

static void route_choose(ebb_route_t *route, ebb_link_t *link, bool imaged)
{
    static const double bends[] = {0.12, -0.12, 0.2,  -0.2,  0.3, -0.3,
                                   0.45, -0.45, 0.65, -0.65, 0.9, -0.9};
    ebb_link_t best = *link;
    double least = 1e300;
    size_t count = route->work < ROUTE_WORK ? sizeof bends / sizeof *bends : 1;
    for (size_t i = 0; i < count; i++) {
        for (int beside = -1; beside <= 1; beside++) {
            ebb_link_t tried = *link;
            route_bend(route->diagram, &tried, bends[i], beside);
            double cost = route_cost(route, &tried) + 0.1 * (double)i +
                          8 * route_abs(bends[i]) + 0.5 * route_abs(beside);
            cost += imaged ? route_image(route->diagram, &tried) : 0;
            if (cost < least) {
                least = cost;
                best = tried;
            }
        }
    }
    best.routed = true;
    *link = best;
}

static void route_mirror(const ebb_diagram_t *diagram, const ebb_link_t *link)
{
    ebb_link_t *mirror = &diagram->links[link->mirror];
    mirror->routed = true;
    mirror->start = route_flip(diagram, link->start);
    mirror->middle = route_flip(diagram, link->middle);
    mirror->end = route_flip(diagram, link->end);
}

/* From a spot to itself: a bow above its right end. */
static void route_self(const ebb_diagram_t *diagram, ebb_link_t *link)
{
    const ebb_spot_t *spot = &diagram->spots[link->from];
    double right = spot->at.x + spot->width / 2, above = spot->at.y - EBB_SPOT_HALF;
    link->start = (ebb_xy_t){right - 26, above - 1};
    link->middle = (ebb_xy_t){right + 34, above - 44};
    link->end = (ebb_xy_t){right + ROUTE_GAP - 1, above + 8};
    link->routed = true;
}

static void route_link(ebb_route_t *route, ebb_link_t *link)
{
    ebb_diagram_t *diagram = route->diagram;
    bool imaged = link->mirror != (uint32_t)(link - diagram->links) &&
                  diagram->spots[link->from].mirror != link->to;
    if (link->routed) {
        return;
    }
    if (link->from == link->to) {
        route_self(diagram, link);
    } else {
        route_choose(route, link, imaged);
    }
    if (imaged) {
        route_mirror(diagram, link);
    }
}

/* --- signs ------------------------------------------------------------------------ */

/* What a sign at a point would cover. */
static double route_sign_cost(const ebb_diagram_t *diagram, const ebb_link_t *link,
                              ebb_xy_t p)
{
    double cost = 0;
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        cost += ebb_spot_distance(&diagram->spots[i], p) < 7 ? 20 : 0;
    }
    for (size_t k = 0; k < diagram->link_count && diagram->link_count < 600; k++) {
        const ebb_link_t *other = &diagram->links[k];
        cost += ebb_xy_apart(p, other->end) < 11 ? 10 : 0;
        cost += other->sign.x > 0 && other != link && ebb_xy_apart(p, other->sign) < 13
                    ? 16
                    : 0;
        for (int i = 0; i <= ROUTE_STEPS; i++) {
            cost += ebb_xy_apart(p, ebb_link_point(other, i / (double)ROUTE_STEPS)) < 6;
        }
    }
    return cost;
}

/* Beside the curve, a little before its head. */
static void route_sign(const ebb_diagram_t *diagram, ebb_link_t *link)
{
    double length = ebb_xy_apart(link->start, link->end) + 1, least = 1e300;
    for (int i = 0; i < 24; i++) {
        int before = 15 + 6 * (i / 2);
        double back = before / length;
        ebb_xy_t on = ebb_link_point(link, back < 0.7 ? 1 - back : 0.3);
        ebb_xy_t ahead = ebb_link_point(link, back < 0.7 ? 1 - back / 2 : 0.5);
        double dx = ahead.x - on.x, dy = ahead.y - on.y;
        double norm = __builtin_sqrt(dx * dx + dy * dy) + 1e-9;
        double side = (i % 2 ? -10 : 10) / norm;
        ebb_xy_t p = {on.x + side * dy, on.y - side * dx};
        double cost = route_sign_cost(diagram, link, p) + i;
        if (cost < least) {
            least = cost;
            link->sign = p;
        }
    }
}

static void route_signs(const ebb_diagram_t *diagram)
{
    for (size_t i = 0; i < diagram->link_count; i++) {
        ebb_link_t *link = &diagram->links[i];
        if (link->sign.x > 0) {
            continue;
        }
        route_sign(diagram, link);
        ebb_link_t *mirror = &diagram->links[link->mirror];
        if (mirror != link && diagram->spots[link->from].mirror != link->to &&
            link->from != link->to) {
            mirror->sign = route_flip(diagram, link->sign);
        }
    }
}

/* --- the list --------------------------------------------------------------------- */

/* What is drawn: no spot that only fades by itself. */
static bool route_is_drawn(const ebb_diagram_t *diagram, uint32_t from, uint32_t to)
{
    uint8_t bits = diagram->moves[from][to];
    return bits && (from != to || (bits & EBB_LINK_PLUS));
}

static void route_list(ebb_diagram_t *diagram, uint32_t *index)
{
    size_t n = diagram->spot_count, count = 0;
    for (uint32_t from = 0; from < n; from++) {
        for (uint32_t to = 0; to < n; to++) {
            if (route_is_drawn(diagram, from, to)) {
                index[from * n + to] = (uint32_t)count;
                diagram->links[count++] = (ebb_link_t){
                    .from = from, .to = to, .bits = diagram->moves[from][to]};
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        ebb_link_t *link = &diagram->links[i];
        uint32_t from = diagram->spots[link->from].mirror;
        uint32_t to = diagram->spots[link->to].mirror;
        link->mirror =
            route_is_drawn(diagram, from, to) ? index[from * n + to] : (uint32_t)i;
    }
}

int ebb_diagram_route(ebb_diagram_t *diagram)
{
    ebb_route_t route = {.diagram = diagram};
    size_t n = diagram->spot_count;
    for (uint32_t from = 0; from < n; from++) {
        for (uint32_t to = 0; to < n; to++) {
            diagram->link_count += route_is_drawn(diagram, from, to);
        }
    }
    if (diagram->link_count == 0) {
        return EBB_OK;
    }
    uint32_t *index = ebb_new_array(diagram->alloc, n * n, sizeof *index);
    diagram->links =
        ebb_new_array(diagram->alloc, diagram->link_count, sizeof *diagram->links);
    bool fine = index && diagram->links;
    if (fine) {
        route_list(diagram, index);
        for (size_t i = 0; i < diagram->link_count; i++) {
            route_link(&route, &diagram->links[i]);
        }
        route_signs(diagram);
    }
    ebb_free_array(diagram->alloc, index, n * n, sizeof *index);
    return fine ? EBB_OK : EBB_ERR_MEMORY;
}
