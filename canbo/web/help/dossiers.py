"""Help of one dossier."""

from canbo.web.help.page import HelpPage

PAGES = {
    "own": HelpPage(
        title="Hồ sơ của tôi",
        purpose="Hồ sơ của chính bạn, đúng như cơ quan đang giữ.",
        steps=(
            "Đọc lần lượt các nhóm thông tin.",
            "Thấy sai hoặc thiếu thì báo người giữ hồ sơ của đơn vị, kèm giấy tờ.",
            "Khi đơn vị mở đợt kê khai, bạn tự khai những mục được phép.",
        ),
        mistakes=("Bạn không tự sửa được hồ sơ của mình; đơn vị xem xét rồi ghi.",),
    ),
    "dossier": HelpPage(
        title="Hồ sơ một người",
        purpose="Toàn bộ thông tin về một người theo các nhóm của sơ yếu lý lịch, và lịch sử thay đổi.",
        steps=(
            "Xem dòng đầu trang: hồ sơ còn thiếu những mục nào.",
            "Bấm “Sửa thông tin” để bổ sung; nhớ ghi căn cứ.",
            "Xem “Lịch sử thay đổi” để biết ai đã ghi gì, khi nào.",
        ),
        mistakes=("Mỗi lần mở hồ sơ đều được ghi vào nhật ký xem.",),
    ),
    "dossier-edit": HelpPage(
        title="Sửa hồ sơ",
        purpose="Sửa hoặc bổ sung thông tin của một người, kèm lý do và văn bản làm căn cứ.",
        steps=(
            "Sửa ô cần sửa; ngày chưa đủ thì ghi tháng/năm hoặc năm.",
            "Ghi lý do và văn bản, giấy tờ làm căn cứ.",
            "Bấm “Ghi”; giá trị cũ vẫn còn trong lịch sử thay đổi.",
        ),
        mistakes=("Có người khác vừa sửa hồ sơ này: xem thay đổi của họ rồi mới bấm “Ghi” lần nữa.",),
    ),
    "disputes": HelpPage(
        title="Thông tin mâu thuẫn",
        purpose="Những chỗ hồ sơ và một nguồn khác nói không giống nhau, trong phạm vi được giao.",
        steps=(
            "Xem từng dòng: hồ sơ ghi gì, nguồn kia ghi gì.",
            "Mở hồ sơ, đối chiếu giấy tờ gốc.",
            "Xác nhận giá trị đúng, kèm giấy tờ; mâu thuẫn khép lại.",
        ),
        mistakes=("Khi ngày sinh còn mâu thuẫn, chương trình không tự xét tuổi theo một trong hai giá trị.",),
    ),
    "completeness": HelpPage(
        title="Mức đầy đủ của hồ sơ",
        purpose="Mỗi mục bắt buộc còn thiếu ở bao nhiêu hồ sơ, theo đơn vị.",
        steps=(
            "Chọn đơn vị nếu cần.",
            "Xem mục thiếu nhiều nhất ở đầu bảng.",
            "Bấm vào con số để mở đúng những hồ sơ còn thiếu.",
        ),
        mistakes=("Chỉ tính những mục mà vai trò đang dùng được xem.",),
    ),
    "sensitive-settings": HelpPage(
        title="Mục nhạy cảm",
        purpose="Bật hoặc tắt việc giữ kết luận về lịch sử chính trị trong hồ sơ của một đơn vị.",
        steps=(
            "Chọn đơn vị.",
            "Ghi văn bản cho phép.",
            "Bấm “Ghi”.",
        ),
        mistakes=("Khi bật cũng chỉ giữ kết luận và số văn bản, không giữ nội dung sự việc.", "Mặc định là tắt.",),
    ),
    "dossier-timeline": HelpPage(
        title="Quá trình",
        purpose="Mọi việc trong đời công tác của một người trên một dòng thời gian, mỗi việc kèm quyết định.",
        steps=(
            "Đọc từ trên xuống theo thời gian.",
            "Bấm vào một việc để xem mục gốc.",
            "Bấm “In” nếu cần bản giấy.",
        ),
        mistakes=("Việc chỉ biết năm được đặt theo năm ấy, không có ngày giả định.",),
    ),
    "dossier-history": HelpPage(
        title="Lịch sử thay đổi",
        purpose="Ai đã ghi gì vào hồ sơ này, khi nào, theo căn cứ nào.",
        steps=(
            "Xem dòng mới nhất ở đầu.",
            "Mở một dòng để xem giá trị cũ và mới.",
            "Hoàn tác việc cuối nếu vừa ghi nhầm.",
        ),
        mistakes=("Thay đổi ở nhóm thông tin bạn không được xem chỉ hiện là có thay đổi.",),
    ),
    "dossier-undo": HelpPage(
        title="Hoàn tác",
        purpose="Bỏ việc ghi cuối cùng vào hồ sơ, khi chưa ai ghi thêm.",
        steps=(
            "Xem việc sẽ được hoàn tác.",
            "Ghi lý do.",
            "Bấm “Hoàn tác”.",
        ),
        mistakes=("Đã có người ghi tiếp thì không hoàn tác được; hãy sửa lại bằng một việc mới.",),
    ),
    "dossier-attach": HelpPage(
        title="Đính kèm giấy tờ",
        purpose="Gắn bản quét vào một mục của hồ sơ, hoặc đặt ảnh.",
        steps=(
            "Chọn tệp PDF hoặc ảnh.",
            "Chọn mục mà giấy tờ ấy chứng minh.",
            "Bấm “Đính kèm”.",
        ),
        mistakes=("Tệp lớn thì quét lại ở độ phân giải thấp hơn.",),
    ),
    "dossier-detach": HelpPage(
        title="Gỡ giấy tờ",
        purpose="Gỡ một bản quét gắn nhầm khỏi hồ sơ.",
        steps=(
            "Xem lại đúng giấy tờ cần gỡ.",
            "Ghi lý do.",
            "Bấm “Gỡ”.",
        ),
        mistakes=("Nhật ký vẫn giữ việc đã gắn và đã gỡ.",),
    ),
    "dossier-certify": HelpPage(
        title="Xác nhận theo giấy tờ gốc",
        purpose="Ghi giá trị đã đối chiếu với giấy tờ gốc; giá trị ấy đứng trước giá trị đã nhập.",
        steps=(
            "Chọn mục.",
            "Ghi giá trị và tên giấy tờ gốc.",
            "Bấm “Xác nhận”; mâu thuẫn của mục ấy khép lại.",
        ),
        mistakes=("Giá trị đã nhập không bị xóa; cả hai đều hiện.",),
    ),
    "dossier-dispute": HelpPage(
        title="Ghi một mâu thuẫn",
        purpose="Ghi lại rằng một nguồn khác nói khác hồ sơ, khi chưa biết bên nào đúng.",
        steps=(
            "Chọn mục.",
            "Ghi giá trị theo nguồn kia và tên nguồn.",
            "Bấm “Ghi”.",
        ),
        mistakes=("Chưa có giấy tờ gốc thì để mâu thuẫn, đừng sửa hồ sơ.",),
    ),
    "dossier-withdraw": HelpPage(
        title="Bỏ một mâu thuẫn",
        purpose="Khép một mâu thuẫn vì nguồn kia sai.",
        steps=(
            "Xem lại hai giá trị.",
            "Ghi lý do.",
            "Bấm “Bỏ mâu thuẫn”.",
        ),
        mistakes=("Hồ sơ giữ nguyên; lý do nằm trong nhật ký.",),
    ),
    "dossier-family": HelpPage(
        title="Quan hệ gia đình",
        purpose="Thông tin về người thân, chỉ xem cho một việc kiểm tra nêu rõ mục đích.",
        steps=(
            "Ghi mục đích xem.",
            "Xem mục cần.",
            "Đóng trang khi xong.",
        ),
        mistakes=("Mỗi lần xem đều ghi vào nhật ký kèm mục đích.",),
    ),
    "record-add": HelpPage(
        title="Thêm một mục",
        purpose="Ghi thêm một dòng vào hồ sơ: văn bằng, chức vụ, khen thưởng và các mục khác.",
        steps=(
            "Điền các ô; gõ vài chữ để chọn đơn vị, chức danh.",
            "Ghi văn bản làm căn cứ.",
            "Bấm “Ghi”.",
        ),
        mistakes=(
            "Ngày chưa đủ thì ghi tháng/năm hoặc năm, đừng đoán ngày.",
            "Chức vụ, biên chế, quy hoạch theo văn bản ban hành trong chương trình không bắt đầu trước ngày văn bản có hiệu lực.",
        ),
    ),
    "record-edit": HelpPage(
        title="Sửa một mục",
        purpose="Sửa một dòng của hồ sơ; giá trị cũ vẫn còn trong lịch sử.",
        steps=(
            "Sửa ô sai.",
            "Ghi lý do và căn cứ.",
            "Bấm “Ghi”.",
        ),
        mistakes=("Việc đã kết thúc thì ghi ngày kết thúc, đừng sửa thành việc khác.",),
    ),
}
