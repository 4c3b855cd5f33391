print("svmrepl")
