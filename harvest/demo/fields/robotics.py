"""Robotics: vocabulary of the demo corpus."""

from harvest.demo.vocabulary import Approach, Field, Theme

THEMES = (
    Theme(
        subject="grasp planning for deformable objects",
        topics=("manipulation", "deformable objects"),
        categories=("cs.AI", "cs.CV"),
        context=(
            "Cloth, cables and fruit have in common that they change their shape when they are touched.",
            "Most grasp planners assume a rigid object whose geometry is known before contact.",
        ),
        difficulty=(
            "The state of a deformable object has many more dimensions than any sensor can observe.",
            "Simulators of soft contact are either too slow for planning or too coarse to be trusted.",
        ),
    ),
    Theme(
        subject="simultaneous localisation and mapping in forests",
        topics=("SLAM", "field robotics"),
        categories=("cs.CV", "eess.SP"),
        context=(
            "Forest inventories are still carried out largely on foot, tree by tree.",
            "Under the canopy satellite positioning is unreliable and every trunk looks much like the next.",
        ),
        difficulty=(
            "Wind moves the scene between two scans, so that the usual assumption of a static"
            " world is violated everywhere at once.",
            "Loop closures are rare on long transects, and a single false one can ruin the map.",
        ),
    ),
    Theme(
        subject="motion planning with uncertain dynamics",
        topics=("motion planning", "control under uncertainty"),
        categories=("eess.SY", "math.OC"),
        context=(
            "A plan that is optimal for the model may be unsafe for the machine.",
            "Robots that leave the laboratory meet slopes, loads and surfaces for which their"
            " models were never identified.",
        ),
        difficulty=(
            "Robust planners guard against the worst case and are often too cautious to finish their task.",
            "Chance constraints are natural to state but couple all time steps, which makes them expensive to enforce.",
        ),
    ),
    Theme(
        subject="gait adaptation of legged machines",
        topics=("legged locomotion", "adaptive control"),
        categories=("eess.SY", "cs.LG"),
        context=(
            "Animals change their gait with speed and terrain, and they do so within a few strides.",
            "Legged machines can go where wheels cannot, provided that they notice in time what they are standing on.",
        ),
        difficulty=(
            "Controllers tuned for one ground fail abruptly, and not gradually, on another.",
            "Contact events are short and hard to measure, yet they determine whether the next step succeeds.",
        ),
    ),
    Theme(
        subject="coordination of small aerial vehicles",
        topics=("multi-robot systems", "aerial robots"),
        categories=("cs.MA", "eess.SY"),
        context=(
            "A group of small vehicles can survey in minutes what takes a single large one an hour.",
            "Flying robots share a narrow space, little energy and an unreliable radio channel.",
        ),
        difficulty=(
            "Centralised planning does not scale beyond a dozen vehicles, and decentralised planning can deadlock.",
            "Delayed messages are worse than lost ones, because they are believed.",
        ),
    ),
    Theme(
        subject="learning from human demonstration",
        topics=("imitation learning", "human-robot interaction"),
        categories=("cs.HC", "cs.LG"),
        context=(
            "Showing a task is often easier than describing it, for people as well as for those"
            " who programme machines.",
            "Demonstrations by non-experts are plentiful, inconsistent and full of useful hints.",
        ),
        difficulty=(
            "Small deviations accumulate, and the robot soon finds itself in states that no demonstration has visited.",
            "People adapt to the robot while they teach it, so that the last demonstrations differ from the first.",
        ),
    ),
    Theme(
        subject="tactile sensing for assembly tasks",
        topics=("tactile sensing", "assembly"),
        categories=("eess.SP",),
        context=(
            "Inserting a connector takes a person one second and rarely a glance.",
            "In the last millimetres of an assembly the camera sees nothing but the gripper.",
        ),
        difficulty=(
            "Tactile sensors drift, wear and differ from one specimen to the next.",
            "Force thresholds that are safe for every part are too low to complete the task for some of them.",
        ),
    ),
)

APPROACHES = (
    Approach(
        name="model predictive control",
        does="We cast {subject} as model predictive control with a horizon that shortens when the"
        " state estimate becomes uncertain.",
        details=(
            "Each cycle solves a quadratic programme in $x_{0:T}$ and $u_{0:T-1}$ and finishes"
            " within {small} ms on the onboard computer.",
            "Recursive feasibility is preserved by a terminal set $\\mathcal{X}_f$ that is computed once and stored.",
        ),
    ),
    Approach(
        name="factor graph optimisation",
        does="We express {subject} as inference in a factor graph and keep the full history of measurements sparse.",
        details=(
            "Poses are elements of $SE(3)$, and increments are applied in the tangent space,"
            " $T \\leftarrow T \\exp(\\hat{\\xi})$.",
            "Marginalising old states with a consistent linearisation point keeps the cost per"
            " update at $O(k)$ for a window of $k$ poses.",
        ),
    ),
    Approach(
        name="reinforcement learning with safety filters",
        does="We train policies for {subject} by reinforcement learning and pass every action"
        " through a filter that keeps the system inside a certified region.",
        details=(
            "The filter solves $\\min_u \\|u - u_{\\pi}\\|^2$ subject to a barrier condition"
            " $\\dot{h}(x, u) \\ge -\\gamma h(x)$.",
            "Training uses {many} simulated episodes; on the machine the filter intervened in less"
            " than {small} % of the steps.",
        ),
    ),
    Approach(
        name="passive compliance",
        does="We show how passive compliance simplifies {subject}: what the mechanics absorb, the"
        " controller does not need to know.",
        details=(
            "A stiffness of $k = 350$ N/m lets the mechanism settle before the next control cycle begins.",
            "The natural frequency $\\omega = \\sqrt{k / m}$ is placed between the bandwidth of"
            " the controller and that of the disturbance.",
        ),
    ),
    Approach(
        name="sampling-based planning",
        does="We extend sampling-based planning to {subject}, biasing the samples towards states"
        " that can be reached with confidence.",
        details=(
            "The planner is asymptotically optimal, and its cost converges at a rate of $O((\\log n / n)^{1/d})$.",
            "Collision probabilities are bounded by $\\delta = 10^{-3}$ along the entire path and"
            " not merely at its waypoints.",
        ),
    ),
    Approach(
        name="learned residual models",
        does="For {subject} we combine a short analytical model with a learned residual that is"
        " updated while the robot works.",
        details=(
            "The residual $r(x, u) = \\dot{x} - f(x, u)$ is modelled by a sparse Gaussian process"
            " with {few} inducing points.",
            "Where the data are thin the residual vanishes and the prediction falls back to $f(x, u)$.",
        ),
    ),
)

FIELD = Field(
    name="Robotics",
    category="cs.RO",
    share=0.14,
    team=3.2,
    preprint_share=0.3,
    themes=THEMES,
    approaches=APPROACHES,
    settings=(
        "on uneven ground",
        "under partial observation",
        "with onboard computation only",
        "in cluttered scenes",
        "without external tracking",
        "in the presence of people",
        "over long missions",
        "with low-cost sensors",
    ),
    results=(
        "In {many} trials on hardware the success rate rose by {percent} % compared with the controller in use today.",
        "Field tests over {few} days and {percent} km show a drift below {small} % of the distance travelled.",
        "The system completed {few} of its missions without intervention and consumed {percent} %"
        " less energy than the reference.",
        "Simulation predicts an improvement by a factor of {factor}; on the machine we measure"
        " somewhat less, {percent} %.",
        "The method runs at {percent} Hz on a single core and needs no calibration beyond the first minute.",
    ),
    checks=(
        "All failures are documented; most of them are due to perception, few to control.",
        "We compare against {few} published methods, each tuned by us with the same budget.",
        "The limits of the approach appear at high speed, where the actuators saturate.",
        "Repeating the trials after {few} weeks, with worn parts, left the ranking unchanged.",
    ),
    closings=(
        "Drawings, logs and code are available, so that the experiments can be repeated.",
        "We expect the same ideas to carry over to machines with more joints.",
        "The work closes with lessons from the field that no simulation had taught us.",
        "An open question is how much of the remaining error is due to sensing alone.",
    ),
    journals=("Journal of Field Machines", "Robotics and Autonomy Letters"),
    conferences=("Conference on Autonomous Machines", "Symposium on Manipulation and Motion"),
)
