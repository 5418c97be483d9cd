"""Checks Circuits/README.md without Hilbert: a small interpreter of the OpenQASM 3 that the files use, on the state vectors of
circuit_values.py. Files of OpenQASM 2, with measurements in the table, noise or preparations are skipped by name.
Run: python circuit_files.py (numpy, openqasm3[parser])."""
import re,sys,math,pathlib
import numpy as np, openqasm3
from openqasm3 import ast as A
sys.path.insert(0,str(pathlib.Path(__file__).parent))
import circuit_values as C
root=pathlib.Path(__file__).resolve().parents[3]/'Circuits'
PI=math.pi
class Sim:
    def __init__(s,text,inputs):
        s.inputs=inputs; s.env={'pi':PI}; s.gates={}; s.q={}; s.n=0; s.ops=[]; s.subs={}
        s.bits={}
        s.dynamic=False
        text='\n'.join(l for l in text.split('\n') if not l.startswith(('#pragma','@')))
        s.prog=openqasm3.parse(text)
        for st in s.prog.statements: s.stmt(st,s.env,{})
    def ev(s,e,env):
        if isinstance(e,A.IntegerLiteral): return e.value
        if isinstance(e,A.FloatLiteral): return e.value
        if isinstance(e,A.Identifier): return env[e.name] if e.name in env else s.env[e.name]
        if isinstance(e,A.UnaryExpression): 
            v=s.ev(e.expression,env); return -v if e.op.name=='-' else (not v)
        if isinstance(e,A.BinaryExpression):
            a,b=s.ev(e.lhs,env),s.ev(e.rhs,env); o=e.op.name
            return {'+':lambda:a+b,'-':lambda:a-b,'*':lambda:a*b,'/':lambda:(a//b if isinstance(a,int) and isinstance(b,int) else a/b),'%':lambda:a%b,'**':lambda:a**b,'==':lambda:a==b,'<':lambda:a<b,'^':lambda:a^b}[o]()
        if isinstance(e,A.FunctionCall):
            return {'arccos':math.acos,'sqrt':math.sqrt}[e.name.name](*[s.ev(x,env) for x in e.arguments])
        if isinstance(e,A.IndexExpression):
            return s.ev(e.collection,env)[s.ev(e.index[0],env)]
        raise Exception(type(e))
    def qubits(s,q,env,m):
        if isinstance(q,A.Identifier): return m[q.name] if q.name in m else s.q[q.name]
        name=q.name.name; base=m.get(name,s.q.get(name)); i=s.ev(q.indices[0][0],env); return [base[i]]
    def gate(s,name,angles,qs,ones,zeros,inv):
        g=s.gates.get(name)
        std={'x':C.X,'y':C.Y,'z':C.Z,'h':C.H,'s':C.S,'t':C.T,'sdg':C.S.conj(),'tdg':C.T.conj(),'id':C.I2,'sx':0.5*np.array([[1+1j,1-1j],[1-1j,1+1j]])}
        f={'p':lambda a:C.P(a),'u1':lambda a:C.P(a),'rx':lambda a:C.rotation(C.X,a),'ry':lambda a:C.rotation(C.Y,a),'rz':lambda a:C.rotation(C.Z,a),
           'u3':lambda t,p,l:C.rotation(C.Z,p)@C.rotation(C.Y,t)@C.rotation(C.Z,l),'u2':lambda p,l:C.rotation(C.Z,p)@C.rotation(C.Y,PI/2)@C.rotation(C.Z,l),'U':lambda t,p,l:np.exp(1j*t/2)*C.P(p)@C.rotation(C.Y,t)@C.P(l),'u':lambda t,p,l,g:np.exp(1j*g)*C.P(p)@C.rotation(C.Y,t)@C.P(l)}
        if g:
            params,names,body=g
            env=dict(zip(params,angles)); m={k:[v] for k,v in zip(names,qs)}
            for st in (reversed(body) if inv else body): s.stmt(st,{**s.env,**env},m,ones,zeros,inv)
            return
        if name=='gphase':
            # on the last control
            a=-angles[0] if inv else angles[0]
            if ones: s.ops.append((C.P(a),ones[-1],tuple(ones[:-1]),tuple(zeros)))
            elif not zeros: pass
            else: raise Exception('gphase neg')
            return
        if name in std or name in f:
            m=std[name] if name in std else f[name](*angles)
            s.ops.append((m.conj().T if inv else m,qs[0],tuple(ones),tuple(zeros))); return
        if name=='swap':
            a,b=qs
            for c,t in ((a,b),(b,a),(a,b)): s.ops.append((C.X,t,tuple(ones)+(c,),tuple(zeros)))
            return
        if name[0]=='c': return s.gate(name[1:],angles,qs[1:],tuple(ones)+(qs[0],),zeros,inv)
        raise Exception(name)
    def stmt(s,st,env,m,ones=(),zeros=(),inv=False):
        if isinstance(st,(A.Include,A.QuantumBarrier)): return
        if isinstance(st,A.IODeclaration):
            n=st.identifier.name; s.env[n]=s.inputs[n] if isinstance(st.type,A.ArrayType) else s.inputs[n][0]; return
        if isinstance(st,A.ConstantDeclaration): s.env[st.identifier.name]=s.ev(st.init_expression,env); return
        if isinstance(st,A.QubitDeclaration):
            k=s.ev(st.size,env); s.q[st.qubit.name]=list(range(s.n,s.n+k)); s.n+=k; return
        if isinstance(st,A.ClassicalDeclaration): return
        if isinstance(st,A.QuantumGateDefinition): s.gates[st.name.name]=([a.name for a in st.arguments],[q.name for q in st.qubits],st.body); return
        if isinstance(st,A.SubroutineDefinition): s.subs[st.name.name]=([a.name.name for a in st.arguments],st.body); return
        if isinstance(st,A.ExpressionStatement):
            names,body=s.subs[st.expression.name.name]
            mm={n:s.qubits(a,env,m) for n,a in zip(names,st.expression.arguments)}
            for b in body: s.stmt(b,env,mm,ones,zeros,inv)
            return
        if isinstance(st,A.ForInLoop):
            r=st.set_declaration; a,b=s.ev(r.start,env),s.ev(r.end,env); d=s.ev(r.step,env) if r.step else 1
            for v in range(a,b+(1 if d>0 else -1),d):
                for x in st.block: s.stmt(x,{**env,st.identifier.name:v},m)
            return
        if isinstance(st,A.BranchingStatement):
            for x in (st.if_block if s.ev(st.condition,env) else st.else_block): s.stmt(x,env,m)
            return
        if isinstance(st,(A.QuantumMeasurementStatement,)): s.dynamic=True; return
        if isinstance(st,A.QuantumPhase):
            return s.call('gphase',[s.ev(st.argument,env)],[s.qubits(q,env,m) for q in st.qubits],st.modifiers,env,ones,zeros,inv)
        if isinstance(st,A.QuantumGate):
            return s.call(st.name.name,[s.ev(a,env) for a in st.arguments],[s.qubits(q,env,m) for q in st.qubits],st.modifiers,env,ones,zeros,inv)
        raise Exception(type(st))
    def call(s,name,angles,qs,mods,env,ones,zeros,inv):
        width=max([len(q) for q in qs],default=1)
        for k in range(width):
            q=[x[k] if len(x)>1 else x[0] for x in qs]; o,z,i,p=list(ones),list(zeros),inv,1
            for md in mods:
                kk=md.modifier.name
                if kk=='ctrl':
                    c=s.ev(md.argument,env) if md.argument else 1; o+=q[:c]; q=q[c:]
                elif kk=='negctrl': z+=q[:1]; q=q[1:]
                elif kk=='inv': i=not i
                elif kk=='pow': p=s.ev(md.argument,env)
            if p<0: i=not i; p=-p
            for _ in range(p): s.gate(name,angles,q,tuple(o),tuple(z),i)
    def state(s):
        st=C.State(s.n)
        for mt,q,o,z in s.ops: st.gate(mt,q,o,z)
        return st
def parse_sum(t):
    out=[]
    for sg,c,w in re.findall(r'([+-]?)\s*(\d+\.?\d*(?:e-?\d+)?)?\s*((?:[XYZ]\d+\s*)*)',t):
        if not c and not w.strip(): continue
        out.append(((-1 if sg=='-' else 1)*(float(c) if c else 1),w.strip()))
    return out
bad=0
for line in open(root/'README.md'):
    if not line.startswith('| ') or '.qasm |' not in line: continue
    cells=[c.strip() for c in line.split('|')[1:-1]]
    text=open(root/cells[0]).read()
    if 'OPENQASM 2' in text or 'C(' in cells[3] or 'noise' in cells[0] or cells[0].endswith('brickwork-24.qasm') or 'amplitude-2' in cells[0]: print('skip',cells[0]); continue
    inputs={}
    for n,v in re.findall(r'(\w+)=([-\d., ]+)',cells[2]):
        xs=[float(x) for x in v.split(',') if x.strip() and '.' not in x.strip()[0:1]+'' or x.strip().replace('.','',1).replace('-','').isdigit()] 
        xs=[float(x) for x in re.findall(r'-?\d+(?:\.\d+)?',v)]
        if '...' in v: xs=[xs[0]+k*(xs[1]-xs[0]) for k in range(64)]
        inputs[n]=xs
    try:
        sim=Sim(text,inputs); st=sim.state(); pr=st.probabilities(-1)
        obs=[l.split('observable ')[1] for l in text.split('\n') if '#pragma hilbert observable' in l]
        for k,sub,v in re.findall(r'([PC<])\(?([^)>]*)[)>] = (-?[\d.]+)',cells[3]):
            f=pr[sub] if k=='P' else st.value(parse_sum(obs[0] if sub=='H' else sub))
            if abs(f-float(v))>1e-7: print('WRONG',cells[0],k,sub,v,f); bad+=1
        print('ok',cells[0],sim.n)
    except Exception as e: print('FAIL',cells[0],type(e),e)
