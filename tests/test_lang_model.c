/* SPDX-License-Identifier: MIT
 * Models as objects: what they say of themselves, exchanging the partners, Jacobians,
 * limits against hostile files, and running out of memory. */
#include <stdlib.h>

#include "check.h"
#include "model_values.h"
#include "scarce.h"

static const char *const whole =
    "model whole \"All of it\" source \"made up\"\ntime day\n"
    "param gain = 2 in [0, 4] unit 1/day \"how fast\" source \"a book\", tau = 3\n"
    "trait anxiety = 0.5 in [-3, 3]\ninput therapy = 0\nshared input stress = 1\n"
    "state alarm = 0.1*anxiety clip [0, inf], love = 1\nshared contact = 0.5\n"
    "fn bent(x, y) = if x > y then x^2 else tanh(x)*y\n"
    "let need = logistic(anxiety) - contact + bent(alarm, partner.love)\n"
    "let total = sum(alarm*love) + product(1 + alarm)\n"
    "d alarm = gain*(need + stress - partner.alarm) - therapy*delay(partner.love, "
    "tau)\n"
    "d love = partner.need - love*total\nd contact = mean(need) - contact\n"
    "noise alarm = 0.1*alarm\nhistory love = cos(time/tau)\n"
    "event e rate 0.5 + alarm size normal(gain, 2) -> alarm += size, partner.love = 0\n"
    "shared event f rate total size exponential(1) -> alarm += size, contact = 0\n"
    "scenario s \"a span\" uses whole\nrun 30 day\na: anxiety = 1\nstart love = 0.5\n"
    "at 3: stress = 2, a.alarm += 1\nramp 4 to 9: therapy = 1\n"
    "every 5 for 1: b: therapy = 0.5\n"
    "expect mean(b.alarm, 1, 20) > lowest(contact) in 0.5 of runs \"so it is\"\n";

static ebb_model_text_t text_of(const char *bytes)
{
    return (ebb_model_text_t){.bytes = bytes, .size = strlen(bytes), .label = "test"};
}

static ebb_model_t *read_model(const char *bytes)
{
    ebb_model_text_t text = text_of(bytes);
    ebb_model_t *model = NULL;
    ebb_text_t report;
    ebb_text_init(&report, NULL);
    CHECK(ebb_model_read(&model, &text, &report, NULL) == EBB_OK);
    CHECK_STRING(report.data ? report.data : "", "");
    ebb_text_free(&report);
    return model;
}

static void test_events(void)
{
    ebb_model_t *model = read_model(whole);
    ebb_happening_t event;
    CHECK(ebb_model_event(model, 1, &event));
    CHECK_STRING(event.name, "e");
    CHECK_STRING(event.person, "b");
    CHECK_STRING(event.text, "");
    CHECK(event.chance);
    CHECK(ebb_model_event(model, 2, &event));
    CHECK_STRING(event.name, "f");
    CHECK_STRING(event.person, "");
    CHECK(!ebb_model_event(model, 3, &event));
    ebb_model_free(model);
    model = read_model("model m\ntime day\nstate x = 1\nd x = x - partner.x\n"
                       "event full when x > 3 \"it runs over\" -> x = 0\n");
    CHECK(ebb_model_event(model, 0, &event));
    CHECK_STRING(event.text, "it runs over");
    CHECK(!event.chance);
    ebb_model_free(model);
}

static void test_info(void)
{
    ebb_model_t *model = read_model(whole);
    ebb_model_info_t info = ebb_model_info(model);
    CHECK_STRING(info.name, "whole");
    CHECK_STRING(info.text, "All of it");
    CHECK_STRING(info.source, "made up");
    CHECK_STRING(info.time_unit, "day");
    CHECK(info.alike && !info.steps && info.persons == 2);
    CHECK(info.params == 2 && info.traits == 2 && info.inputs == 3 && info.states == 5);
    CHECK(info.lets == 3 && info.events == 3 && info.delays == 2);
    CHECK_STRING(ebb_model_person(model, 1), "b");
    CHECK(ebb_model_person(model, 2) == NULL);
    ebb_scalar_t scalar;
    CHECK(ebb_model_scalar(model, EBB_SCALAR_PARAM, 0, &scalar) == EBB_OK);
    CHECK_STRING(scalar.name, "gain");
    CHECK_STRING(scalar.person, "");
    CHECK_STRING(scalar.unit, "1/day");
    CHECK_STRING(scalar.source, "a book");
    CHECK(scalar.value == 2 && scalar.low == 0 && scalar.high == 4);
    CHECK(ebb_model_scalar(model, EBB_SCALAR_STATE, 1, &scalar) == EBB_OK);
    CHECK_STRING(scalar.name, "b.alarm");
    CHECK_STRING(scalar.person, "b");
    CHECK(isnan(scalar.value) && scalar.low == 0 && isinf(scalar.high));
    CHECK(ebb_model_scalar(model, EBB_SCALAR_LET, 2, &scalar) == EBB_OK);
    CHECK_STRING(scalar.name, "total");
    CHECK(ebb_model_scalar(model, EBB_SCALAR_LET, 3, &scalar) == EBB_ERR_ARGUMENT);
    CHECK(ebb_model_scalar(model, EBB_SCALAR_INPUT, 2, &scalar) == EBB_OK);
    CHECK_STRING(scalar.name, "stress");
    ebb_scalar_kind_t kind = EBB_SCALAR_PARAM;
    ebb_error_t error = {0};
    size_t index = 9;
    CHECK(ebb_model_find(model, "b.anxiety", &kind, &index, &error) == EBB_OK);
    CHECK(kind == EBB_SCALAR_TRAIT && index == 1);
    CHECK(ebb_model_find(model, "gian", &kind, &index, &error) == EBB_ERR_ARGUMENT);
    CHECK_STRING(error.text, "the model has no `gian`; did you mean `gain`?");
    CHECK(ebb_model_find(model, "zebra", &kind, &index, NULL) == EBB_ERR_ARGUMENT);
    CHECK(kind == EBB_SCALAR_TRAIT && index == 1);
    ebb_model_free(model);
    ebb_model_free(NULL);
}

/* --- exchanging the partners ------------------------------------------------------ */

/* The leaf that a leaf becomes when the partners change places. `image` holds what
 * nodes before it have become. */
static uint32_t mirror_leaf(const ebb_system_t *system, const ebb_node_t *leaf,
                            const uint32_t *image)
{
    uint32_t k = leaf->args[0];
    switch ((int)leaf->op) {
    case EBB_OP_STATE:
        return system->states[k].mirror;
    case EBB_OP_TRAIT:
        return system->traits[k].mirror;
    case EBB_OP_INPUT:
        return system->inputs[k].mirror;
    case EBB_OP_DELAYED:
        for (uint32_t i = 0; i < system->delay_count; i++) {
            if (system->delays[i].state ==
                    system->states[system->delays[k].state].mirror &&
                system->delays[i].lag == image[system->delays[k].lag]) {
                return i;
            }
        }
        return EBB_NONE;
    case EBB_OP_DRAW:
        for (size_t i = 0; i < system->event_count; i++) {
            if (system->events[i].draw == k) {
                return system->events[system->events[i].mirror].draw;
            }
        }
        return EBB_NONE;
    default:
        return k;
    }
}

/* What every node becomes when the partners change places: all are built again, with
 * the leaves exchanged. */
static void mirror_graph(const ebb_system_t *system, ebb_graph_t *to, uint32_t *image)
{
    const ebb_graph_t *from = &system->graph;
    for (size_t i = 0; i < from->count; i++) {
        const ebb_node_t *n = &from->nodes[i];
        ebb_op_t op = (ebb_op_t)n->op;
        int arity = ebb_op_arity(op);
        if (op == EBB_OP_CONST) {
            image[i] = ebb_graph_constant(to, n->value);
            continue;
        }
        if (arity == 0) {
            image[i] = ebb_graph_leaf(to, op, mirror_leaf(system, n, image));
            continue;
        }
        uint32_t a = image[n->args[0]], b = image[n->args[1]], c = image[n->args[2]];
        image[i] = arity == 1   ? ebb_graph_unary(to, op, a)
                   : arity == 2 ? ebb_graph_binary(to, op, a, b)
                                : ebb_graph_select(to, a, b, c);
    }
}

static int has_action(const ebb_system_t *system, const ebb_event_rule_t *event,
                      ebb_action_t wanted)
{
    for (uint32_t i = 0; i < event->action_count; i++) {
        const ebb_action_t *action = &system->actions[event->first_action + i];
        if (action->state == wanted.state && action->value == wanted.value) {
            return 1;
        }
    }
    return 0;
}

static void check_mirrored_events(const ebb_system_t *system, const uint32_t *image)
{
    for (size_t i = 0; i < system->event_count; i++) {
        const ebb_event_rule_t *x = &system->events[i], *y = &system->events[x->mirror];
        CHECK(x->rate == EBB_NONE ? image[x->guard] == y->guard
                                  : image[x->rate] == y->rate);
        CHECK(x->action_count == y->action_count && y->mirror == i);
        for (uint32_t k = 0; k < x->action_count; k++) {
            const ebb_action_t *action = &system->actions[x->first_action + k];
            ebb_action_t mirrored = {system->states[action->state].mirror,
                                     image[action->value]};
            CHECK(has_action(system, y, mirrored));
        }
    }
}

/* Exchanged, each formula is that of the partner: the very same node. */
static void check_mirrored(const ebb_system_t *system)
{
    ebb_graph_t graph;
    uint32_t *image = calloc(system->graph.count + 1, sizeof *image);
    CHECK(system->alike);
    ebb_graph_copy(&graph, &system->graph, ebb_alloc_default());
    mirror_graph(system, &graph, image);
    for (size_t i = 0; i < system->state_count; i++) {
        const ebb_state_t *x = &system->states[i], *y = &system->states[x->mirror];
        CHECK(y->mirror == i);
        CHECK(image[x->rate] == y->rate && image[x->initial] == y->initial);
        CHECK((x->noise == EBB_NONE) == (y->noise == EBB_NONE));
        CHECK(x->noise == EBB_NONE || image[x->noise] == y->noise);
        CHECK(x->low == y->low && x->high == y->high && x->bound == y->bound);
    }
    for (size_t i = 0; i < system->let_count; i++) {
        const ebb_let_t *let = &system->lets[i];
        CHECK(image[let->node] == system->lets[let->mirror].node);
    }
    check_mirrored_events(system, image);
    free(image);
    ebb_graph_free(&graph);
}

static void test_exchange(const char *folder)
{
    static const char *const alike[] = {
        "gottman_murray_bilinear", "gottman_murray_ojive", "strogatz",
        "rinaldi_secure",          "insecure_synergic",    "felmlee_greenberg",
        "liebovitch_delay",        "coupled_oscillators",  "inertia_coordination"};
    ebb_model_t *model = read_model(
        "model swap \"w\"\ntime day\nparam k = 2\ntrait z = 1\ninput u = 0\n"
        "state x = z, y = 0 clip [0, 1]\nshared c = 0\n"
        "let p = k*x + partner.y - z*partner.z + delay(partner.x, k*z)\n"
        "d x = partner.p + c - x*partner.x*(y + partner.y) + delay(x, 1)\n"
        "d y = u - p\nd c = sum(p) + product(x) + mean(y)\nnoise x = p\n"
        "event e rate p size normal(x, 2) -> x += size, partner.y = 0, c += size\n"
        "event g when x > partner.x -> x += 1\n"
        "shared event s rate c size exponential(1) -> x += size*z, c = 0\n");
    check_mirrored(ebb_model_system(model));
    ebb_model_free(model);
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        model = model_of_file(folder, alike[i]);
        CHECK(model != NULL);
        if (model) {
            check_mirrored(ebb_model_system(model));
        }
        ebb_model_free(model);
    }
}

/* --- Jacobian --------------------------------------------------------------------- */

static void test_jacobian(void)
{
    ebb_model_t *model = read_model(
        "model j \"Strogatz\"\ntime unit\ntrait own = 1, other = 2\nparam k = 3\n"
        "state love = 1\nd love = k*own*love + other*partner.love^2\n");
    const ebb_system_t *system = ebb_model_system(model);
    ebb_graph_t graph;
    uint32_t jacobian[4], by_trait[8], by_param[2];
    ebb_graph_copy(&graph, &system->graph, ebb_alloc_default());
    CHECK(ebb_system_jacobian(system, &graph, jacobian) == EBB_OK);
    uint32_t k = ebb_graph_leaf(&graph, EBB_OP_PARAM, 0);
    uint32_t own = ebb_graph_leaf(&graph, EBB_OP_TRAIT, 0);
    uint32_t love = ebb_graph_leaf(&graph, EBB_OP_STATE, 0);
    CHECK(jacobian[0] == ebb_graph_binary(&graph, EBB_OP_MUL, k, own));
    CHECK(graph.nodes[jacobian[1]].depends == (EBB_ON_STATE | EBB_ON_TRAIT));
    CHECK(ebb_system_sensitivity(system, &graph, EBB_OP_PARAM, by_param) == EBB_OK);
    CHECK(by_param[0] == ebb_graph_binary(&graph, EBB_OP_MUL, own, love));
    CHECK(ebb_system_sensitivity(system, &graph, EBB_OP_TRAIT, by_trait) == EBB_OK);
    CHECK(by_trait[0] == ebb_graph_binary(&graph, EBB_OP_MUL, k, love));
    CHECK(by_trait[1] == EBB_NODE_ZERO); /* b's trait does not move a */
    ebb_graph_free(&graph);
    ebb_model_free(model);
}

/* --- hostile files ---------------------------------------------------------------- */

/* begin, `count` times `again`, end */
static ebb_text_t repeated(const char *begin, const char *again, int count,
                           const char *end)
{
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    ebb_text_puts(&text, begin);
    for (int i = 0; i < count; i++) {
        ebb_text_puts(&text, again);
    }
    ebb_text_puts(&text, end);
    return text;
}

static void check_refused(ebb_text_t bytes, int code, const char *part)
{
    ebb_model_text_t text = {.bytes = bytes.data, .size = bytes.length};
    ebb_model_t *model = NULL;
    ebb_error_t error = {0};
    ebb_text_t report;
    ebb_text_init(&report, NULL);
    CHECK(ebb_model_read(&model, &text, &report, &error) == code);
    CHECK(model == NULL);
    check_one(strstr(error.text, part) != NULL, error.text, part, (int)error.line);
    CHECK(report.length < 20000); /* long lines are cut */
    ebb_text_free(&report);
    ebb_text_free(&bytes);
}

#define HEAD "model m \"w\"\ntime day\nstate x = 0\n"

static void test_hostile(void)
{
    const int limit = EBB_ERR_LIMIT;
    check_refused(repeated(HEAD "d x = ", "(", 100000, ""), limit,
                  "nested more than 200");
    check_refused(repeated(HEAD "d x = ", "-", 100000, "x\n"), limit, "nested");
    check_refused(repeated(HEAD "d x = ", "2^", 100000, "x\n"), limit, "nested");
    check_refused(repeated(HEAD "d x = ", "if x > 0 then x else ", 20000, "x\n"), limit,
                  "nested");
    check_refused(repeated(HEAD "d x = ", "not ", 100000, "x\n"), limit, "nested");
    check_refused(repeated(HEAD "d x = x", "+x*x", 200000, "\n"), limit, "operations");
    check_refused(repeated("", "#", (1 << 20) + 1, ""), limit, "bytes");
    check_refused(repeated(HEAD "d x = 0\n", "param p = 0\n", 5000, ""), limit,
                  "declarations");
    check_refused(repeated(HEAD, "\"", 100001, ""), EBB_ERR_INPUT, "no equation");
    check_refused(repeated(HEAD "d x = x ", "\x01", 100000, ""), EBB_ERR_INPUT,
                  "not text");
    check_refused(repeated(HEAD "d x = 1 ", "\xff\n", 100000, ""), EBB_ERR_INPUT,
                  "not text");
}

/* Many names that are unknown among many that are known, and many that are not used:
 * looking for what was meant ends with the errors that are shown. */
static void test_many_problems(void)
{
    ebb_text_t text =
        repeated("model m \"w\"\ntime day\nstate x = 0\nd x = 0\n", "", 0, "");
    for (int i = 0; i < 3000; i++) {
        ebb_text_printf(&text, "param a_quantity_of_some_length_%d = 1\n", i);
    }
    ebb_model_text_t alone = {.bytes = text.data, .size = text.length};
    ebb_model_t *model = NULL;
    ebb_text_t report;
    ebb_text_init(&report, NULL);
    CHECK(ebb_model_read(&model, &alone, &report, NULL) == EBB_OK);
    CHECK(report.length > 0 && report.length < 10000);
    ebb_model_free(model);
    ebb_text_free(&report);
    for (int i = 0; i < 1000; i++) {
        ebb_text_printf(&text, "let l%d = x", i);
        for (int k = 0; k < 20; k++) {
            ebb_text_printf(&text, " + a_quantity_of_other_length_%d", k);
        }
        ebb_text_puts(&text, "\n");
    }
    check_refused(text, EBB_ERR_INPUT, "unknown name `a_quantity_of_other_length_0`");
}

/* Functions that call the one before twice: 2^n operations when written out. */
static void test_explosion(void)
{
    ebb_text_t text =
        repeated("model m \"w\"\ntime day\nfn f0(x) = x + 1\n", "", 0, "");
    for (int i = 1; i < 30; i++) {
        ebb_text_printf(&text, "fn f%d(x) = f%d(x) + f%d(x*x)\n", i, i - 1, i - 1);
    }
    ebb_text_puts(&text, "state x = 0\nd x = f29(x)\n");
    check_refused(text, EBB_ERR_LIMIT, "written out");
    text = repeated("model m \"w\"\ntime day\nfn f0(x) = x + 1\n", "", 0, "");
    for (int i = 1; i < 50; i++) {
        ebb_text_printf(&text, "fn f%d(x) = f%d(x)\n", i, i - 1);
    }
    ebb_text_puts(&text, "state x = 0\nd x = f49(x)\n");
    check_refused(text, EBB_ERR_LIMIT, "32 deep");
}

/* A long chain of lets in the wrong order is no recursion, and no circle. */
static void test_long_chain(void)
{
    ebb_text_t text =
        repeated("model m \"w\"\ntime day\nstate x = 0\nd x = l0\n", "", 0, "");
    for (int i = 0; i < 3000; i++) {
        ebb_text_printf(&text, "let l%d = l%d + x\n", i, i + 1);
    }
    ebb_text_puts(&text, "let l3000 = x\n");
    ebb_model_t *model = read_model(text.data);
    CHECK(ebb_model_info(model).lets == 6002);
    ebb_model_free(model);
    ebb_text_free(&text);
}

/* --- scenarios -------------------------------------------------------------------- */

static void test_scenario(void)
{
    ebb_model_t *model = read_model(whole);
    ebb_model_text_t text = text_of(whole);
    ebb_scenario_t *scenario = NULL;
    CHECK(ebb_scenario_read(&scenario, model, &text, NULL, NULL) == EBB_OK);
    const ebb_scenario_plan_t *plan = ebb_scenario_plan(scenario);
    CHECK(plan->length == 30 && plan->traits[0] == 1 && plan->traits[1] == 0.5);
    CHECK(isnan(plan->starts[0]) && plan->starts[2] == 0.5 && plan->starts[3] == 0.5);
    CHECK(plan->jump_count == 1 && plan->jumps[0].add && plan->jumps[0].value == 1);
    CHECK(plan->piece_of[1] == 3 && plan->pieces[1].slope == 0.2);
    CHECK(plan->expect_count == 1 && plan->expects[0].share == 0.5);
    CHECK_STRING(plan->expects[0].code, "mean(b.alarm, 1, 20) > lowest(contact)");
    CHECK(plan->summaries[1].begin == 0 && plan->summaries[1].end == 30);
    ebb_scenario_free(scenario);
    ebb_scenario_free(NULL);
    ebb_error_t error = {0};
    text.scenario = "t";
    CHECK(ebb_scenario_read(&scenario, model, &text, NULL, &error) == EBB_ERR_CHOICE);
    CHECK_STRING(error.text, "there is no scenario `t`; choose one of: s");
    text.scenario = NULL;
    ebb_scenario_info_t info[2];
    size_t count = 0;
    CHECK(ebb_scenario_list(&text, info, 2, &count) == EBB_OK && count == 1);
    CHECK_STRING(info[0].name, "s");
    CHECK_STRING(info[0].uses, "whole");
    CHECK_STRING(info[0].text, "a span");
    text = text_of("scenario x");
    CHECK(ebb_scenario_list(&text, info, 2, &count) == EBB_ERR_INPUT && count == 0);
    text = text_of("");
    CHECK(ebb_scenario_list(&text, NULL, 0, &count) == EBB_OK && count == 0);
    CHECK(ebb_scenario_read(&scenario, model, &text, NULL, NULL) == EBB_ERR_CHOICE);
    ebb_model_free(model);
}

/* --- running out ------------------------------------------------------------------ */

/* Reads a model and its scenario and describes both. */
static int everything(const ebb_alloc_t *alloc, const char *bytes)
{
    ebb_model_text_t text = text_of(bytes);
    ebb_model_t *model = NULL;
    ebb_scenario_t *scenario = NULL;
    ebb_text_t out;
    text.alloc = alloc;
    ebb_text_init(&out, alloc);
    int code = ebb_model_read(&model, &text, &out, NULL);
    code = code ? code : ebb_scenario_read(&scenario, model, &text, &out, NULL);
    if (!code) {
        ebb_model_describe(model, &out);
        ebb_scenario_describe(scenario, &out);
        code = out.failed;
    }
    ebb_text_free(&out);
    ebb_scenario_free(scenario);
    ebb_model_free(model);
    return code;
}

/* Every allocation fails once; nothing is lost and nothing else is said. */
static void test_running_out(const char *bytes, int outcome)
{
    int code = EBB_ERR_MEMORY;
    long n = 0;
    for (; code == EBB_ERR_MEMORY && n < 5000; n++) {
        scarce_t scarce = {.left = n};
        ebb_alloc_t alloc = {scarce_resize, &scarce};
        code = everything(&alloc, bytes);
        CHECK(scarce.held == 0);
        CHECK(code == EBB_ERR_MEMORY || code == outcome);
    }
    CHECK(code == outcome && n > 10);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    test_info();
    test_events();
    test_exchange(argv[1]);
    test_jacobian();
    test_hostile();
    test_many_problems();
    test_explosion();
    test_long_chain();
    test_scenario();
    test_running_out(whole, EBB_OK);
    test_running_out("model m \"w\"\ntime day\nparam p = q*2 in [3, 1]\nparam p = 2\n"
                     "let a = b\nlet b = a\nstate x = y\nd z = 1 +\n",
                     EBB_ERR_INPUT);
    return check_report(__FILE__);
}
