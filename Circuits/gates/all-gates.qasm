// Every gate of Hilbert's table, in the order of the table; those that stdgates.inc lacks are defined here, phase included.
// Parameters stand in the order of their names: an importer of Qiskit (qiskit-qasm3-import 0.6) gives them their values in that order.
OPENQASM 3.0;
include "stdgates.inc";
gate rxx(theta) a, b { h a; h b; cx a, b; rz(theta) b; cx a, b; h b; h a; }
gate ryy(theta) a, b { rx(pi / 2) a; rx(pi / 2) b; cx a, b; rz(theta) b; cx a, b; rx(-pi / 2) b; rx(-pi / 2) a; }
gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }
gate rzx(theta) a, b { h b; cx a, b; rz(theta) b; cx a, b; h b; }
gate w a { gphase(pi / 2); rz(-pi / 4) a; rx(pi) a; rz(pi / 4) a; }
gate sxdg a { inv @ sx a; }
gate sy a { gphase(pi / 4); ry(pi / 2) a; }
gate sydg a { gphase(-pi / 4); ry(-pi / 2) a; }
gate sw a { gphase(pi / 4); rz(-pi / 4) a; rx(pi / 2) a; rz(pi / 4) a; }
gate swdg a { gphase(-pi / 4); rz(-pi / 4) a; rx(-pi / 2) a; rz(pi / 4) a; }
gate r(t0, t1) a { rz(-t1) a; rx(t0) a; rz(t1) a; }
gate raxis(t0, t1, t2) a { rz(-t2) a; ry(-t1) a; rz(t0) a; ry(t1) a; rz(t2) a; }
gate rot(t0, t1, t2) a { rz(t0) a; ry(t1) a; rz(t2) a; }
gate cs a, b { cp(pi / 2) a, b; }
gate csdg a, b { cp(-pi / 2) a, b; }
gate crot(t0, t1, t2) a, b { crz(t0) a, b; cry(t1) a, b; crz(t2) a, b; }
gate ccz a, b, c { h c; ccx a, b, c; h c; }
gate sswap a, b { cx a, b; ctrl @ sx b, a; cx a, b; }
gate sswapdg a, b { cx a, b; ctrl @ inv @ sx b, a; cx a, b; }
gate iswap a, b { s a; s b; h a; cx a, b; cx b, a; h b; }
gate iswapdg a, b { h b; cx b, a; cx a, b; h a; sdg b; sdg a; }
gate siswap a, b { rxx(-pi / 4) a, b; ryy(-pi / 4) a, b; }
gate siswapdg a, b { rxx(pi / 4) a, b; ryy(pi / 4) a, b; }
gate ecr a, b { rzx(pi / 4) a, b; x a; rzx(-pi / 4) a, b; }
gate cphaseshift00(phi) a, b { x a; x b; cp(phi) a, b; x b; x a; }
gate cphaseshift01(phi) a, b { x a; cp(phi) a, b; x a; }
gate cphaseshift10(phi) a, b { x b; cp(phi) a, b; x b; }
gate pswap(phi) a, b { swap a, b; cx a, b; p(phi) b; cx a, b; }
gate fsim(t0, t1) a, b { rxx(t0) a, b; ryy(t0) a, b; cp(-t1) a, b; }
gate fswap(phi) a, b { rxx(phi / 2) a, b; ryy(phi / 2) a, b; p(phi / 2) a; p(phi / 2) b; }
gate xx_plus_yy(t0, t1) a, b { rz(t1) a; rxx(t0 / 2) a, b; ryy(t0 / 2) a, b; rz(-t1) a; }
gate xx_minus_yy(t0, t1) a, b { rz(-t1) b; rxx(t0 / 2) a, b; ryy(-t0 / 2) a, b; rz(t1) b; }
gate single_excitation(phi) a, b { cx a, b; cry(phi) b, a; cx a, b; }
gate single_excitation_plus(phi) a, b { cx a, b; cry(phi) b, a; gphase(phi / 2); p(-phi / 2) b; cx a, b; }
gate single_excitation_minus(phi) a, b { cx a, b; cry(phi) b, a; gphase(-phi / 2); p(phi / 2) b; cx a, b; }
gate double_excitation(phi) a, b, c, d { cx a, b; cx a, c; cx a, d; negctrl @ ctrl @ ctrl @ ry(phi) b, c, d, a; cx a, d; cx a, c; cx a, b; }
gate double_excitation_plus(phi) a, b, c, d { gphase(phi / 2); cx a, b; cx a, c; cx a, d; negctrl @ ctrl @ ctrl @ ry(phi) b, c, d, a; negctrl @ ctrl @ ctrl @ gphase(-phi / 2) b, c, d; cx a, d; cx a, c; cx a, b; }
gate double_excitation_minus(phi) a, b, c, d { gphase(-phi / 2); cx a, b; cx a, c; cx a, d; negctrl @ ctrl @ ctrl @ ry(phi) b, c, d, a; negctrl @ ctrl @ ctrl @ gphase(phi / 2) b, c, d; cx a, d; cx a, c; cx a, b; }
gate orbital_rotation(phi) a, b, c, d { cz b, a; cx a, c; cry(phi) c, a; cx a, c; cz b, a; cz c, b; cx b, d; cry(phi) d, b; cx b, d; cz c, b; }
qubit[4] q;
h q;
u3(1.869, 1.451, 1.771) q[0];
u3(2.827, 1.439, 2.534) q[1];
u3(0.087, -0.206, 2.66) q[2];
u3(1.947, 2.405, -2.321) q[3];
id q[3];
x q[1];
y q[3];
z q[0];
h q[1];
s q[0];
sdg q[1];
t q[3];
tdg q[2];
w q[1];
sx q[3];
sxdg q[1];
sy q[0];
sydg q[1];
sw q[3];
swdg q[1];
rx(-1.839) q[0];
ry(-1.453) q[1];
rz(2.301) q[1];
r(1.862, -1.053) q[1];
raxis(0.196, 0.889, -1.476) q[1];
rot(2.333, 1.969, -1.006) q[2];
p(-0.425) q[1];
u1(-1.181) q[2];
u2(-0.993, 0.516) q[0];
u3(0.48, 1.038, -2.17) q[2];
gphase(1.593);
U(-0.096, -0.921, -0.094) q[1];
cx q[0], q[1];
cy q[0], q[2];
cz q[2], q[1];
ch q[0], q[2];
cs q[3], q[1];
csdg q[3], q[2];
cp(1.706) q[3], q[0];
crx(1.039) q[1], q[0];
cry(1.279) q[3], q[1];
crz(0.062) q[2], q[1];
crot(-1.96, 1.242, 1.486) q[2], q[0];
cu(-0.335, 2.392, -1.458, 0.064) q[2], q[0];
ccx q[2], q[1], q[0];
ccz q[2], q[3], q[1];
cswap q[2], q[0], q[3];
swap q[1], q[2];
sswap q[2], q[1];
sswapdg q[1], q[2];
iswap q[0], q[3];
iswapdg q[3], q[0];
siswap q[1], q[2];
siswapdg q[2], q[1];
ecr q[3], q[2];
rxx(-0.391) q[0], q[2];
ryy(-2.336) q[3], q[1];
rzz(1.692) q[1], q[2];
rzx(0.32) q[1], q[2];
cphaseshift00(1.982) q[3], q[0];
cphaseshift01(-1.656) q[2], q[0];
cphaseshift10(-2.206) q[3], q[1];
pswap(-1.794) q[1], q[2];
fsim(-0.232, -0.059) q[2], q[1];
fswap(-1.13) q[3], q[1];
xx_plus_yy(2.009, -1.937) q[1], q[2];
xx_minus_yy(2.186, 1.839) q[1], q[0];
single_excitation(-0.041) q[2], q[0];
single_excitation_plus(1.43) q[2], q[3];
single_excitation_minus(0.437) q[0], q[1];
double_excitation(-0.683) q[2], q[1], q[3], q[0];
double_excitation_plus(2.284) q[2], q[3], q[0], q[1];
double_excitation_minus(-0.128) q[2], q[1], q[3], q[0];
orbital_rotation(-1.056) q[2], q[1], q[3], q[0];
