package protocol_test
import ("testing";"os";"fmt";"pumplab/studies/protocol")
func TestTmp(t *testing.T){
 files:=map[string][]byte{}
 for _,n:=range []string{"studies/demo/study.yaml"}{ b,_:=os.ReadFile("../../assets/"+n); files["study.yaml"]=b }
 b,_:=os.ReadFile("../../assets/libraries/demo.yaml"); files["libraries/demo.yaml"]=b
 for _,n:=range []string{"sus","raw-tlx"}{ b,_:=os.ReadFile("../../assets/questionnaires/"+n+".yaml"); files["questionnaires/"+n+".yaml"]=b }
 _,err:=protocol.Load(protocol.Frozen(files)); fmt.Println(err)
}
