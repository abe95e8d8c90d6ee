"""The company's seal on a PDF: values in, values out, knowing nothing of rooms.

`certificate` says whose seal it is, `sealer` puts it on, `verifier` judges a file, `timestamps` asks somebody
else for the time.
"""
